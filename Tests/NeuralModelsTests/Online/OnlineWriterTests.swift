import BPBCore
import ByteModels
import Testing
import _TestSupport

@testable import NeuralModels

/// Networks that learn a text and go on with it.
@Suite struct OnlineWriterTests {
  private static let text = Array(TrainerTests.text.prefix(900))

  private func written(
    _ count: Int, _ architecture: String, temperature: Double = 1, seed: UInt64 = 1
  ) throws -> [UInt8] {
    let shape = try OnlineCodecTests.shape(architecture)
    let writer = try #require(OnlineCodec(shape).makeWriter(byteCount: 0))
    let text = Array(Self.text[..<840])
    let prompt = Array(Self.text[840...])
    writer.learn(text.span.extracting(..<500))
    writer.learn(text.span.extracting(500...))
    var written: [UInt8] = []
    try writer.write(
      count, after: prompt.span, drawing: Sampling(temperature: temperature, seed: seed)
    ) { written.append($0) }
    #expect(written.count == count)
    return written
  }

  @Test(arguments: OnlineCodecTests.architectures)
  func theLikeliestIsTheTextGoingOn(architecture: String) throws {
    let next = Array(TrainerTests.text[900..<914])
    #expect(try written(14, architecture, temperature: 0) == next)
    #expect(try written(14, architecture, temperature: 0, seed: 2) == next)
  }

  @Test(arguments: OnlineCodecTests.architectures) func aSeedIsAText(architecture: String) throws {
    for count in [0, 1, 50] {
      let first = try written(count, architecture)
      #expect(try written(count, architecture) == first)
      if count > 1 { #expect(try written(count, architecture, seed: 2) != first) }
    }
  }

  /// What is given is learned from and not coded: the rest costs what it costs where all is coded.
  @Test func whatIsGivenIsNotCoded() throws {
    let shape = try OnlineCodecTests.shape(OnlineCodecTests.architectures[0], streams: 4)
    // So many that there are two streams.
    let text = TrainerTests.text + TrainerTests.text.prefix(4500)
    func decisions(given: Int) throws -> [RecordingCoder.Decision] {
      let model = try OnlineModel(
        shape, byteCount: text.count, kernels: .best, team: ThreadTeam(threads: 1))
      let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: text.count)
      defer { copy.deallocate() }
      for (index, byte) in text.enumerated() { copy[index] = byte }
      var coder = RecordingCoder()
      _ = try model.code(copy, given: given, with: &coder) { _ throws(BPBError) in }
      return coder.decisions
    }
    let streams = shape.fitted(to: text.count).streams
    #expect(streams == 2)
    let length = (text.count + streams - 1) / streams
    let order = (0..<length).flatMap { place in (0..<streams).map { $0 * length + place } }
    let all = zip(order.filter { $0 < text.count }, try decisions(given: 0))
    #expect(try decisions(given: 8800) == all.filter { $0.0 >= 8800 }.map(\.1))
  }

  /// No stream begins where nothing is known.
  @Test(arguments: [(0, 16), (6000, 16), (7000, 8), (50_000, 2), (50_001, 1), (100_000, 1)])
  func whatIsWrittenIsTheEndOfOneStream(count: Int, streams: Int) throws {
    let shape = try OnlineCodecTests.shape(OnlineCodecTests.architectures[0], streams: 16)
    #expect(shape.fitted(to: 100_000, writing: count).streams == streams)
  }
}

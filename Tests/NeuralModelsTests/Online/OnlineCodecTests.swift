import BPBCore
import ByteModels
import Testing

@testable import NeuralModels

@Suite struct OnlineCodecTests {
  static let architectures = [
    "gru:width=8:embedding=4", "lstm:width=8:embedding=4",
    "transformer:layers=1:width=8:heads=2:context=16", "mlp:context=3:embedding=4:width=8",
  ]

  static func shape(_ architecture: String, streams: Int = 4, contexts: Int = 3) throws
    -> OnlineShape
  {
    OnlineShape(
      architecture: try Architecture(parsing: architecture), streams: streams, segment: 8,
      contexts: contexts, memory: 1 << 20, rate: 0.01)
  }

  private func coded(_ text: [UInt8], _ shape: OnlineShape) throws -> [UInt8] {
    let codec = OnlineCodec(shape)
    return try codec.encode(text.span)
  }

  private func decoded(_ coded: [UInt8], _ shape: OnlineShape) throws -> [UInt8] {
    let codec = OnlineCodec(shape)
    return try codec.decode(coded.span, limit: 1 << 20)
  }

  @Test(arguments: architectures) func textsComeBack(architecture: String) throws {
    let shape = try Self.shape(architecture)
    for count in [0, 1, 2, 3, 7, 31, 64, 100, 777] {
      let text = Array(TrainerTests.text.prefix(count))
      let coded = try coded(text, shape)
      #expect(try decoded(coded, shape) == text, "\(count) bytes")
    }
  }

  @Test(arguments: [(1, 0), (1, 6), (3, 2), (16, 8)])
  func everyShapeComesBack(streams: Int, contexts: Int) throws {
    let shape = try Self.shape(Self.architectures[0], streams: streams, contexts: contexts)
    let text = (0..<600).map { UInt8(truncatingIfNeeded: $0 &* $0 / 7) }
    let coded = try coded(text, shape)
    #expect(try decoded(coded, shape) == text)
  }

  /// It learns while it codes: a text that repeats itself takes few bytes.
  @Test func itLearns() throws {
    let coded = try coded(TrainerTests.text, try Self.shape(Self.architectures[0]))
    #expect(coded.count * 8 < TrainerTests.text.count * 2)
  }

  @Test(arguments: architectures)
  func threadsAndInstructionSetsChangeNoBit(architecture: String) throws {
    let shape = try Self.shape(architecture)
    let text = Array(TrainerTests.text.prefix(300))
    func coded(_ kernels: Kernels, threads: Int) throws -> [UInt8] {
      let model = try OnlineModel(
        shape, byteCount: text.count, kernels: kernels, team: ThreadTeam(threads: threads))
      return try model.encoded(text)
    }
    let one = try coded(.best, threads: 1)
    #expect(try coded(.best, threads: 2) == one)
    for kernels in Kernels.allNames.compactMap(Kernels.init(named:)) {
      #expect(try coded(kernels, threads: 2) == one, "\(kernels.name)")
    }
  }

  @Test func damagedBlocksAreRefusedOrDecodeToSomethingElse() throws {
    let shape = try Self.shape(Self.architectures[0])
    let text = Array(TrainerTests.text.prefix(120))
    let coded = try coded(text, shape)
    for end in coded.indices {
      #expect((try? decoded(Array(coded[..<end]), shape)) != text)
    }
    for index in stride(from: 0, to: coded.count, by: 3) {
      var damaged = coded
      damaged[index] ^= 0x10
      #expect((try? decoded(damaged, shape)) != text)
    }
    #expect(throws: BPBError.self) { try decoded(coded + [1, 2, 3, 4, 5, 6, 7, 8, 9], shape) }
    #expect(throws: BPBError.self) { try decoded([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 1], shape) }
    #expect(throws: BPBError.self) { try decoded([], shape) }
  }

  /// A length that says more than there is, within what a block could hold: the decoder stops where its input does.
  @Test(arguments: architectures) func aBlockThatSaysTooMuchIsRefused(architecture: String) throws {
    let shape = try Self.shape(architecture)
    let coded = try coded(Array(TrainerTests.text.prefix(120)), shape)
    for count in [121, 4096, 65_536] {
      let lying = LEB128.encode(count) + coded.dropFirst(LEB128.encode(120).count)
      #expect(throws: BPBError.self) { try OnlineCodec(shape).decode(lying.span, limit: 1 << 20) }
    }
    var decoder = RangeDecoder()
    decoder.append(coded.span.extracting(LEB128.encode(120).count...))
    decoder.endInput()
    decoder.start()
    let model = try OnlineModel(
      shape, byteCount: 4096, kernels: .best, team: ThreadTeam(threads: 1))
    let text = UnsafeMutablePointer<UInt8>.allocate(capacity: 4096)
    defer { text.deallocate() }
    text.initialize(repeating: 0, count: 4096)
    let isWhole = try model.code(text, with: &decoder) { _ throws(BPBError) in }
    #expect(!isWhole, "it went on past the end of its input")
  }
}

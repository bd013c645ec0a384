import BPBCore
import Corpora
import Testing
import _TestSupport

@testable import LossyCoding

/// Files that nobody wrote.
@Suite struct LossyFileTests {
  private func codec() throws -> LossyCodec {
    LossyCodec(try TestModels.sentenceModel(), search: .greedy)
  }

  /// Files are the same on every machine and of every build: a change here is a change of the format, or of what a
  /// search finds. (Sums by FNV-1a, G. Fowler, L. C. Noll, P. Vo, 1991.)
  @Test func filesStayTheSame() throws {
    let chain = MarkovSource(alphabet: Array("abcd".utf8), order: 2, seed: 5)
    var generator = SeededGenerator(seed: 6)
    let text = chain.bytes(count: 600, from: &generator)
    let codec = LossyCodec(SourceModel(chain), search: .beam(width: 4))
    let points = [
      OperatingPoint.lossless, OperatingPoint(slope: 3, dearness: 5.5),
      OperatingPoint(slope: 3, dearness: 9, window: 0.6),
    ]
    let sums = points.map { point in
      codec.encode(text, at: point).reduce(0xCBF2_9CE4_8422_2325) { sum, byte in
        (sum ^ UInt64(byte)) &* 0x100_0000_01B3
      }
    }
    #expect(
      sums == [6_943_957_465_167_750_959, 8_335_692_972_772_997_567, 13_733_107_048_913_708_224])
  }

  /// Each mutation is refused as bad data, or decodes to as many bytes as its header says.
  @Test func mutationsAreMet() throws {
    let codec = try codec()
    let text = Array(TestModels.sentences.prefix(200))
    var generator = SplitMix64(seed: 1)
    var refused = 0
    for run in 0..<400 {
      let point = OperatingPoint(
        slope: 3, dearness: [.infinity, 5, 2, 0][run % 4], window: run % 3 == 0 ? 0.4 : 1)
      let file = Mutation.random(of: codec.encode(text, at: point), using: &generator)
      do throws(BPBError) {
        let decoded = try codec.decode(file.span, mostBytes: 1000)
        let header = try LossyHeader.reading(file.span).0
        #expect(decoded.count == header.byteCount)
      } catch {
        #expect(error.code == .badData, "run \(run): \(error)")
        refused += 1
      }
    }
    #expect(refused > 100)
  }

  @Test func everyBeginningIsRefused() throws {
    let codec = try codec()
    let file = codec.encode(Array(TestModels.sentences.prefix(300)), at: .lossless)
    // A decoder looks 8 bytes ahead and reads zeros, so that a cut shows by what is missing.
    for length in 0..<file.count - 8 {
      let error = #expect(throws: BPBError.self) { try codec.decode(Array(file[..<length]).span) }
      #expect(error?.code == .badData)
    }
    #expect(throws: BPBError.self) { try codec.decode((file + [1, 2, 3, 4, 5, 6, 7, 8, 9]).span) }
  }

  /// A few bytes that stand for more than is allowed, or for a share that there is not.
  @Test func headersThatSayTooMuchAreRefused() throws {
    let codec = try codec()
    let mark = Array("BPBL".utf8) + [1]
    let files = [
      mark + LEB128.encode(Int.max) + LEB128.encode(1 << 24) + [0],
      mark + LEB128.encode(LossyCodec.mostBytes + 1) + [0, 0],
      mark + [10] + LEB128.encode(1 << 24 + 1) + [0], mark + [10, 0] + LEB128.encode(1 << 24),
      mark + [10, 0], mark + [10], mark, [],
      Array("BPBL".utf8) + [2, 10, 0, 0], Array("BPBM".utf8) + [1, 10, 0, 0],
    ]
    for file in files {
      let error = #expect(throws: BPBError.self) { try codec.decode(file.span) }
      #expect(error?.code == .badData)
    }
  }

  /// A file whose coded bytes end long before the text that it announces is found out soon.
  @Test func announcedTextsThatDoNotComeAreFoundOut() {
    let model = CountingModel()
    let header = LossyHeader(byteCount: 60_000_000, code: FillCode(.lossless))
    #expect(throws: BPBError.self) { try LossyCodec(model).decode((header.bytes + [7]).span) }
    #expect(model.predictions <= 1 << 17)
  }
}

/// All bytes alike; counts how often it was asked.
private final class CountingModel: FrozenModel {
  private(set) var predictions = 0
  private let even = [UInt32](repeating: 1 << 16, count: 256)

  func continuation(
    of prompt: Span<UInt8>, count: Int, choosing choose: (Span<UInt32>) -> UInt8
  ) -> [UInt8] {
    predictions += count
    let even = even
    return (0..<count).map { _ in choose(even.span) }
  }

  func score(_ text: Span<UInt8>, blockSize: Int) -> [Double] { [] }
  func encode(_ text: Span<UInt8>) -> [UInt8] { [] }
  func decode(_ residual: Span<UInt8>, byteCount: Int) throws(BPBError) -> [UInt8] { [] }
  func likeliestBytes(in text: Span<UInt8>) -> [UInt8] { [] }
  var memoryBytes: Int { 0 }
}

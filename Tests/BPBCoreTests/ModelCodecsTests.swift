import BPBCore
import Synchronization
import Testing
import _TestSupport

/// Models that learned, as codecs: with the model sent along, and with a model that both sides have.
@Suite struct ModelCodecsTests {
  private let twoPart = TwoPartCodec(XorLearning())
  private let carrying = TwoPartCodec(carrying: { () throws(BPBError) in [0x55] }) {
    bytes throws(BPBError) in
    try XorLearning().restore(bytes)
  }
  private let frozen = FrozenCodec(
    FrozenModelPool { () throws(BPBError) in try XorLearning().restore([0x55].span) })

  /// There is no checksum, which containers have.
  private var promises: CodecPromises {
    var promises = CodecPromises()
    promises.noticesDamage = false
    return promises
  }

  @Test func allAreCodecsLikeAnyOther() {
    #expect(CodecChecker(twoPart, named: "two-part", promises: promises).failures() == [])
    #expect(CodecChecker(carrying, named: "carrying", promises: promises).failures() == [])
    #expect(CodecChecker(frozen, named: "frozen", promises: promises).failures() == [])
  }

  @Test func theModelIsPartOfTheBlock() throws {
    // Lengths 3 and 1, the snapshot, the residual.
    #expect(try twoPart.encode([1, 2, 4].span) == [3, 1, 4, 5, 6, 0])
    #expect(try frozen.encode([1, 2, 4].span) == [3, 0x54, 0x57, 0x51])
    #expect(try carrying.encode([1, 2, 4].span) == [3, 1, 0x55, 0x54, 0x57, 0x51])
    let encoder = try twoPart.makeEncoder(byteCount: 300)
    try encoder.push([UInt8](repeating: 1, count: 300).span) { _ in }
    try encoder.finish { _ in }
    #expect(encoder.framingBytes == 3 && encoder.peakMemory > 600)
    #expect(encoder.modelBytes == 1)
  }

  @Test func anEmptyBlockHasNoModel() throws {
    #expect(try twoPart.encode([UInt8]().span) == [0])
    #expect(try frozen.encode([UInt8]().span) == [0])
  }

  @Test(arguments: [
    ([], "length field makes no sense"), ([0x80], "length field makes no sense"),
    ([0, 0], "goes on after its last byte"), ([5], "model makes no sense"),
    ([5, 0x80, 0x80], "model makes no sense"), ([5, 3, 1, 2], "ends inside its model"),
    ([5, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 1], "ends inside its model"),
    ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], "length field makes no sense"),
    ([5, 0, 1], "not one byte"), ([5, 1, 1, 2, 3], "is cut"),
  ])
  func whatNoEncoderWroteIsRefused(coded: [UInt8], words: String) {
    let error = #expect(throws: BPBError.self) {
      try twoPart.decode(coded.span, limit: 1 << 20)
    }
    #expect(error?.code == .badData && error?.problem.contains(words) == true)
  }

  @Test func aPoolMakesAModelOnlyWhenNoneIsIdle() throws {
    let made = Counter()
    let pool = FrozenModelPool { () throws(BPBError) in
      made.count.withLock { $0 += 1 }
      return try XorLearning().restore([1].span)
    }
    for _ in 0..<3 { try pool.withModel { _ in } }
    #expect(made.count.withLock { $0 } == 1)
    try pool.withModel { outer throws(BPBError) in
      try pool.withModel { inner in #expect(inner !== outer) }
    }
    for _ in 0..<3 { try pool.withModel { _ in } }
    #expect(made.count.withLock { $0 } == 2)
  }

  private final class Counter: Sendable {
    let count = Mutex(0)
  }
}

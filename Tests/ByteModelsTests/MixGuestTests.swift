import BPBCore
import Testing
import _TestSupport

@testable import ByteModels

/// Someone beside the contexts of a mix, to whom it listens.
@Suite struct MixGuestTests {
  private static let text = Array(
    (0..<30).map { "Line \($0), of \($0 * 7 % 13) words; \($0 * $0 % 17).\n" }.joined().utf8)

  /// Knows what comes, or the opposite of it.
  private final class Prophet: MixGuest {
    private let text: [UInt8]
    private var place = 0
    private let isRight: Bool

    init(_ text: [UInt8], isRight: Bool) { (self.text, self.isRight) = (text, isRight) }

    func expect(_ frequencies: UnsafeMutablePointer<UInt32>) {
      for byte in 0..<256 { frequencies[byte] = 1 }
      guard place < text.count else { return }
      frequencies[Int(isRight ? text[place] : ~text[place])] = 60_000
    }

    func advance(past byte: UInt8) { place += 1 }
    var memoryBytes: Int { text.count }
  }

  private func codec(_ level: MixLevel, _ guest: (@Sendable () -> any MixGuest)?) -> ModelCodec {
    ModelCodec { byteCount throws(BPBError) in
      try MixModel(
        level, memory: 1 << 22, byteCount: byteCount, guest: guest?(),
        kernels: MixingKernels.current)
    }
  }

  @Test func aGuestIsBelievedAsFarAsItIsRight() throws {
    let text = Self.text
    let alone = try codec(.fast, nil).encode(text.span).count
    let prophet = codec(.fast) { Prophet(text, isRight: true) }
    let coded = try prophet.encode(text.span)
    #expect(coded.count < alone / 4)
    #expect(try prophet.decode(coded.span, limit: text.count) == text)
    // One who is always wrong is soon not heeded.
    let liar = codec(.fast) { Prophet(text, isRight: false) }
    #expect(try liar.encode(text.span).count < alone * 11 / 10)
  }

  @Test func aMixWithoutNetworksSaysSo() throws {
    let error = #expect(throws: BPBError.self) {
      try MethodTable(families: ModelFamilies.families).method(named: "mix:neural=[gru:width=8]")
    }
    #expect(error?.code == .usage && "\(error!)".contains("no networks here"))
  }
}

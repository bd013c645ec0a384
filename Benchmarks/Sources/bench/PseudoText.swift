/// An endless text of words drawn at random, the common ones far more often than the rare ones: cheap
/// to make and about as compressible as prose.
struct PseudoText {
  private static let pieceSize = 1 << 16

  private let words: [[UInt8]]
  private var random: SplitMix64

  /// - Parameter words: the most common first; not empty, at most 65536.
  init(words: [[UInt8]], seed: UInt64) {
    self.words = words
    random = SplitMix64(state: seed)
  }

  /// The next `byteCount` bytes or a few more.
  mutating func piece(byteCount: Int = pieceSize) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(byteCount + 64)
    while text.count < byteCount {
      let draw = random.next()
      text.append(contentsOf: words[rank(draw)])
      text.append(UInt8(ascii: draw >> 60 == 0 ? "\n" : " "))
    }
    return text
  }

  /// From the product of three uniform numbers of 16 bits: small ranks are drawn most.
  private func rank(_ draw: UInt64) -> Int {
    let two = (draw & 0xFFFF) * (draw >> 16 & 0xFFFF) >> 16
    let product = two * (draw >> 32 & 0xFFFF) >> 16
    return Int(product) * words.count >> 16
  }
}

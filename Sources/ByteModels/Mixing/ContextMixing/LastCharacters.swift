/// The last characters of the text, and what has come of the next one.
struct LastCharacters {
  static let features: Set<MixFeature> = [
    .character, .twoCharacters, .threeCharacters, .fourCharacters, .fiveCharacters, .sixCharacters,
    .skippedCharacter,
  ]

  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The last one first.
  private var last: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)

  /// Takes in the last byte of `text`.
  mutating func advance(_ text: borrowing MixText, into features: borrowing MixFeatures) {
    let read = text.characters
    if let stray = read.stray { push(stray) }
    if read.isComplete { push(read.last) }
    write(begun: read.begun, into: features)
  }

  private mutating func push(_ character: UInt64) {
    last = (character, last.0, last.1, last.2, last.3, last.4)
  }

  private func write(begun: UInt64, into features: borrowing MixFeatures) {
    let one = Self.joined(begun, last.0)
    let two = Self.joined(one, last.1)
    let three = Self.joined(two, last.2)
    let four = Self.joined(three, last.3)
    let five = Self.joined(four, last.4)
    features[.character] = one
    features[.twoCharacters] = two
    features[.threeCharacters] = three
    features[.fourCharacters] = four
    features[.fiveCharacters] = five
    features[.sixCharacters] = Self.joined(five, last.5)
    features[.skippedCharacter] = Self.joined(Self.joined(begun, last.1), last.2)
  }

  @inline(__always)
  private static func joined(_ hash: UInt64, _ character: UInt64) -> UInt64 {
    (hash &+ character &+ 1) &* multiplier
  }
}

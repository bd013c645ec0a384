import BPBCore

extension SeededGenerator {
  /// What random numbers are drawn for: one seed gives a stream of its own to each use, so that what is
  /// drawn for one tells nothing of another.
  enum Use: UInt64 {
    /// The probabilities of a source.
    case parameters = 1
    /// The bytes that a source emits.
    case emissions
    /// The order of documents and the places of held-out blocks.
    case splits
  }

  /// The stream of `seed` that is set aside for `use`.
  init(seed: UInt64, for use: Use) {
    var outer = SeededGenerator(seed: seed)
    var inner = SeededGenerator(seed: outer.next() ^ use.rawValue)
    self.init(seed: inner.next())
  }

  /// Puts `elements` in an order of which every one is equally likely (Fisher and Yates, 1938).
  mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, Int(next(below: UInt64(last) + 1)))
    }
  }
}

import BPBCore

/// The sizes of one of several cases: in the first five each dimension takes each awkward size once, in the others they
/// are random.
struct LayerSizes {
  static let cases = Array(0..<8)
  /// On both sides of one and of two vectors of sixteen.
  private static let awkward = [1, 7, 15, 17, 33]

  private let number: Int
  private var dimension = 0
  private var generator: SeededGenerator

  init(_ number: Int) {
    self.number = number
    generator = SeededGenerator(seed: UInt64(number))
  }

  /// The next dimension's.
  mutating func next() -> Int {
    defer { dimension += 1 }
    let random = 1 + Int(generator.next(below: 20))
    return number < 5 ? Self.awkward[(number + 2 * dimension) % 5] : random
  }
}

/// The hash of a window that moves over a text: a polynomial modulo 2^64 (R. M. Karp, M. O. Rabin,
/// "Efficient randomized pattern-matching algorithms", 1987).
struct RollingHash {
  private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15

  private(set) var value: UInt64 = 0
  /// `base` to the power of the window's size: what the byte that leaves is worth.
  private let leaving: UInt64

  /// The hash of nothing, for a window of `size` bytes.
  init(size: Int) { leaving = (0..<size).reduce(1) { power, _ in power &* Self.base } }

  /// Takes in a byte of the first window.
  @inline(__always)
  mutating func enter(_ byte: UInt8) { value = value &* Self.base &+ UInt64(byte) &+ 1 }

  /// Moves on by a byte.
  @inline(__always)
  mutating func move(past old: UInt8, to byte: UInt8) {
    enter(byte)
    value = value &- (UInt64(old) &+ 1) &* leaving
  }
}

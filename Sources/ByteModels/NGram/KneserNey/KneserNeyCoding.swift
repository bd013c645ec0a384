/// Probabilities as the coder has them, in parts of 2^24: a byte's parts follow from its own probability, so
/// that scoring need not know those of the others.
enum KneserNeyCoding {
  /// Parts that are shared out in proportion; the rest keeps every byte possible and takes what rounding
  /// may add.
  private static let parts = Double((1 << 24) - 1024)

  /// All parts. What the 256 bytes leave over is that of an event that never comes.
  static let total: UInt32 = 1 << 24

  /// The parts of a byte of that probability, from 0 to 1; at least 1.
  @inline(__always)
  static func frequency(_ probability: Double) -> UInt32 {
    1 &+ UInt32(truncatingIfNeeded: Int64(min(probability, 1) * parts))
  }

  /// The parts of every byte that may come next, and at 256 what they leave over.
  static func fill(
    _ frequencies: UnsafeMutableBufferPointer<UInt32>, _ walker: KneserNeyWalker
  ) {
    guard let base = frequencies.baseAddress else { return }
    walker.fill(base)
    var sum: UInt32 = 0
    for byte in 0..<256 { sum &+= base[byte] }
    base[256] = total &- sum
  }
}

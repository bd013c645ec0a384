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

  /// The parts of every byte that may come next, and of none of them at 256.
  static func fill(
    _ frequencies: UnsafeMutableBufferPointer<UInt32>, _ walker: KneserNeyWalker
  ) {
    var left = total
    walker.visitAll { byte, probability in
      let frequency = frequency(probability)
      frequencies[Int(byte)] = frequency
      left &-= frequency
    }
    frequencies[256] = left
  }
}

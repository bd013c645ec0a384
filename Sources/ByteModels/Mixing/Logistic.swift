import BPBCore

/// The logistic domain, in tables: where independent evidence for a binary decision adds up.
///
/// stretch(p) = ln(p/(1 - p)) and its inverse, squash(x) = 1/(1 + e^-x). Both are tabulated from IEEE basic
/// operations, so that what is mixed is the same on every machine.
///
/// `@unchecked Sendable`: written once, when it is made.
final class Logistic: @unchecked Sendable {
  static let tables = Logistic()

  /// stretch of (i + 1/2)/4096.
  let stretch: UnsafeMutablePointer<Float>
  /// squash in parts of 65536, 1 to 65535, of (i - 2048) · 24/4096: from -12 to 12.
  let squash: UnsafeMutablePointer<UInt16>

  /// Steps of `squash` for one unit of its argument.
  @inline(__always)
  static var stepsPerUnit: Float { 4096 / 24 }

  private init() {
    stretch = .allocate(capacity: 4096)
    squash = .allocate(capacity: 4096)
    for i in 0..<4096 {
      let p = (Double(i) + 0.5) / 4096
      stretch[i] = Float(PortableLogarithm.ln(p / (1 - p)))
    }
    // e^-x at the first step, and what it falls by from one step to the next.
    var odds = 162754.79141900392  // e^12
    let ratio = 0.9941577576591378  // e^(-24/4096)
    for i in 0..<4096 {
      squash[i] = UInt16(min(max(65536 / (1 + odds), 1), 65535))
      odds *= ratio
    }
  }

  /// The step of `squash` that is nearest to the argument `x`.
  @inline(__always)
  static func step(of x: Float) -> Int {
    // Adding 1.5 · 2^23 leaves the rounded value in the low bits: no conversion that could trap.
    let shifted = x * stepsPerUnit + (2048 + 12_582_912)
    let step = Int(Int32(truncatingIfNeeded: shifted.bitPattern) &- 0x4B40_0000)
    return min(max(step, 0), 4095)
  }
}

import BPBCore

/// The logistic domain in integers, for mixing: stretch(p) = ln(p/(1 - p)) in steps of 1/256, and its inverse.
///
/// `@unchecked Sendable`: written once, when it is made.
final class MixLogistic: @unchecked Sendable {
  static let tables = MixLogistic()

  /// Beyond ±12 nothing is told apart.
  static let most = 12 * 256 - 1

  /// stretch of (i + 1/2)/4096, i < 4096: within ±2307.
  let stretch: UnsafeMutablePointer<Int16>
  /// Parts of 65536, 1 to 65535, of x + `most`.
  private let shares: UnsafeMutablePointer<UInt16>

  private init() {
    stretch = .allocate(capacity: 4096)
    shares = .allocate(capacity: 2 * Self.most + 1)
    for i in 0..<4096 {
      let p = (Double(i) + 0.5) / 4096
      stretch[i] = Int16((PortableLogarithm.ln(p / (1 - p)) * 256).rounded())
    }
    // e^-x at the first step, and what it falls by from one step to the next.
    var odds = 162120.27062029313  // e^(12 - 1/256)
    let ratio = 0.9961013694701175  // e^(-1/256)
    for i in 0...2 * Self.most {
      shares[i] = UInt16(min(max(65536 / (1 + odds), 1), 65535))
      odds *= ratio
    }
  }

  /// `x` within what can be told apart.
  @inline(__always)
  static func limited(_ x: Int) -> Int { min(max(x, -most), most) }

  /// The share of ones at `x`, which is limited, of 65536.
  @inline(__always)
  func squash(_ x: Int) -> Int { Int(shares[x &+ Self.most]) }
}

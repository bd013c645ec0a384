/// Logarithms and powers from IEEE basic operations alone, so that they are the same bits on every machine.
package enum PortableLogarithm {
  package static let ln2 = 0.6931471805599453

  /// log2 of `m` in 1..<2, within 2^-50.
  ///
  /// log2 m = 1/2 + (2/ln 2) artanh z, z = (m - √2)/(m + √2); |z| < 0.1716, so nine terms of the series
  /// leave under 1e-15.
  package static func log2(significand m: Double) -> Double {
    let z = (m - 1.4142135623730951) / (m + 1.4142135623730951)
    var series = 0.0
    for k in stride(from: 8, through: 0, by: -1) {
      series = series * (z * z) + 2.8853900817779268 / Double(2 * k + 1)
    }
    return 0.5 + z * series
  }

  /// log2 of a positive, finite and normal `x`.
  package static func log2(_ x: Double) -> Double {
    Double(x.exponent) + log2(significand: x.significand)
  }

  /// ln of a positive, finite and normal `x`.
  package static func ln(_ x: Double) -> Double { log2(x) * ln2 }

  /// 2^`x`, for `x` of at most 1000; 0 below 2^-1000.
  ///
  /// e^z = Σ z^k/k!, z = (x - ⌊x⌋) ln 2 < 0.694: twenty terms leave under 1e-22.
  package static func exp2(_ x: Double) -> Double {
    guard x > -1000 else { return 0 }
    let whole = x.rounded(.down)
    let rest = (x - whole) * ln2
    var (term, sum) = (1.0, 1.0)
    for k in 1...20 {
      term *= rest / Double(k)
      sum += term
    }
    return Double(sign: .plus, exponent: Int(whole), significand: sum)
  }
}

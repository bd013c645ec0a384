/// Logarithms from IEEE basic operations alone, so that they are the same bits on every machine.
enum PortableLogarithm {
  static let ln2 = 0.6931471805599453

  /// log2 of `m` in 1..<2, within 2^-50.
  ///
  /// log2 m = 1/2 + (2/ln 2) artanh z, z = (m - √2)/(m + √2); |z| < 0.1716, so nine terms of the series
  /// leave under 1e-15.
  static func log2(significand m: Double) -> Double {
    let z = (m - 1.4142135623730951) / (m + 1.4142135623730951)
    var series = 0.0
    for k in stride(from: 8, through: 0, by: -1) {
      series = series * (z * z) + 2.8853900817779268 / Double(2 * k + 1)
    }
    return 0.5 + z * series
  }

  /// log2 of a positive, finite and normal `x`.
  static func log2(_ x: Double) -> Double {
    Double(x.exponent) + log2(significand: x.significand)
  }

  /// ln of a positive, finite and normal `x`.
  static func ln(_ x: Double) -> Double { log2(x) * ln2 }
}

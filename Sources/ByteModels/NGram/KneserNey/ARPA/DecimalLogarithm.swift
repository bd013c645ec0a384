import BPBCore

/// Powers and logarithms of ten as ARPA files have them, by IEEE basic operations: the same on every machine.
enum DecimalLogarithm {
  private static let log10Of2 = 0.30102999566398120
  private static let log2Of10 = 3.3219280948873623

  /// 10^`x`, for `x` of at most 10; 0 below 10^-300.
  static func power(_ x: Double) -> Double {
    guard x > -300 else { return 0 }
    return PortableLogarithm.exp2(x * log2Of10)
  }

  /// log10 of a positive number, with seven decimals.
  static func text(_ x: Double) -> String {
    let scaled = (PortableLogarithm.log2(x) * log10Of2 * 1e7).rounded()
    let magnitude = Int(abs(scaled))
    let decimals = String(magnitude % 10_000_000 + 10_000_000).dropFirst()
    return "\(scaled < 0 ? "-" : "")\(magnitude / 10_000_000).\(decimals)"
  }
}

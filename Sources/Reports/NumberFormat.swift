/// Numbers as reports print them: no locale, correctly rounded, the same on every machine.
public enum NumberFormat {
  /// `value` with exactly `decimals` digits after the point, to nearest, ties to even.
  ///
  /// Rounds the exact binary value, not a decimal approximation of it. From 1e15 on, and for what is
  /// not finite, the shortest form.
  /// - Parameter decimals: 0 to 9.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    precondition((0...9).contains(decimals), "0 to 9 decimals")
    guard value.magnitude < 1e15 else { return "\(value)" }
    let units = scaled(value.magnitude, by: UInt64(powerOfTen(decimals)))
    let sign = value < 0 && units > 0 ? "-" : ""
    guard decimals > 0 else { return sign + String(units) }
    let digits = String(units)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  /// `value` with a comma between groups of three digits: 43,202.
  public static func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var result = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result
  }

  /// A byte count in the largest binary unit that leaves at least 1 of it, in three digits or so.
  public static func bytes(_ count: Int) -> String {
    var value = Double(count)
    var unit = "B"
    for larger in ["KiB", "MiB", "GiB", "TiB"] where value >= 1023.5 {
      value /= 1024
      unit = larger
    }
    let decimals = unit == "B" || value >= 9.95 ? 0 : 1
    return fixed(value, decimals: decimals) + " " + unit
  }

  /// Bytes per second as megabytes (10^6) per second, without the unit, in three digits or so.
  public static func megabytesPerSecond(_ speed: Double) -> String {
    let value = speed / 1e6
    switch value {
    case 1e15...: return fixed(value, decimals: 0)
    case 99.95...: return grouped(Int(value.rounded(.toNearestOrEven)))
    case 9.995...: return fixed(value, decimals: 1)
    case 0.9995...: return fixed(value, decimals: 2)
    default: return fixed(value, decimals: 3)
    }
  }

  /// A fraction as a percentage with one decimal: 0.031 is 3.1%.
  public static func percent(_ fraction: Double) -> String {
    fixed(fraction * 100, decimals: 1) + "%"
  }

  /// Seconds as people say them: 12 ms, 3.4 s, 2 min 05 s, 1 h 30 min.
  public static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<0.0095: fixed(seconds * 1000, decimals: 1) + " ms"
    case ..<0.9995: fixed(seconds * 1000, decimals: 0) + " ms"
    case ..<59.95: fixed(seconds, decimals: 1) + " s"
    case ..<3599.5: parts(Int(seconds.rounded()), "min", "s")
    case ..<1e9: parts(Int((seconds / 60).rounded()), "h", "min")
    default: fixed(seconds, decimals: 0) + " s"
    }
  }

  /// `one` for 1, `many` otherwise, after the number.
  public static func count(_ number: Int, _ one: String, _ many: String) -> String {
    grouped(number) + " " + (number == 1 ? one : many)
  }

  private static func parts(_ total: Int, _ larger: String, _ smaller: String) -> String {
    "\(total / 60) \(larger) \(total % 60 < 10 ? "0" : "")\(total % 60) \(smaller)"
  }

  private static func powerOfTen(_ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  /// `value` times `factor`, rounded to an integer; both exact before that.
  private static func scaled(_ value: Double, by factor: UInt64) -> UInt128 {
    guard value > 0 else { return 0 }
    // value = significand / 2^shift; below 1e15 the shift is at least 3.
    let significand = UInt128(value.significand * 0x1p52)
    let shift = 52 - Int(value.exponent)
    guard shift < 127 else { return 0 }
    let product = significand * UInt128(factor)
    let whole = product >> UInt128(shift)
    let rest = product - (whole << UInt128(shift))
    let half = UInt128(1) << UInt128(shift - 1)
    let roundsUp = rest > half || (rest == half && whole & 1 == 1)
    return roundsUp ? whole + 1 : whole
  }
}

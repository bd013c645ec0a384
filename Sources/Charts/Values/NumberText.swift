/// Numbers as charts write them: no locale, the same on every machine.
enum NumberText {
  /// `value` in four significant digits, or in all that stand before the point: 1.859, 209,249.
  ///
  /// No zeros at the end of the fraction; from 10^7 on, and below 10^-4, as `1.2 × 10⁻⁷`.
  static func short(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "–" }
    let magnitude = value.magnitude
    let sign = value < 0 ? "−" : ""
    if magnitude < 1e7, magnitude >= 1e-4 {
      let decimals = max(0, 3 - exponent(of: magnitude))
      let scaled = (magnitude * power(decimals)).rounded(.toNearestOrEven)
      return sign + decimal(Int(scaled), decimals: decimals, trimmed: true)
    }
    let exponent = exponent(of: magnitude)
    let factor = exponent < 0 ? magnitude * power(-exponent) : magnitude / power(exponent)
    let mantissa = decimal(Int((factor * 100).rounded()), decimals: 2, trimmed: true)
    return sign + (mantissa == "1" ? "" : mantissa + " × ") + "10" + superscript(exponent)
  }

  /// Bytes in the largest binary unit that leaves at least one of it, in three digits or so.
  static func bytes(_ count: Double) -> String {
    var value = count.magnitude
    var unit = "B"
    for larger in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] where value >= 1023.5 {
      value /= 1024
      unit = larger
    }
    guard value < 1e15 else { return short(count) + " B" }
    let decimals = unit == "B" && value == value.rounded() || value >= 9.95 ? 0 : 1
    let digits = decimal(
      Int((value * power(decimals)).rounded(.toNearestOrEven)), decimals: decimals, trimmed: true)
    return (count < 0 ? "−" : "") + digits + " " + unit
  }

  /// `units` / 10^`decimals`, exactly, with commas between groups of three digits before the point.
  ///
  /// - Parameter trimmed: whether zeros at the end of the fraction are left out.
  static func decimal(_ units: Int, decimals: Int, trimmed: Bool = false) -> String {
    var digits = String(units.magnitude)
    digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    var fraction = digits.suffix(decimals)
    if trimmed { while fraction.last == "0" { fraction.removeLast() } }
    let whole = digits.dropLast(decimals)
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    return (units < 0 ? "−" : "") + grouped + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// The power of ten that is as large as `value` or less, for a positive finite one.
  static func exponent(of value: Double) -> Int {
    var exponent = 0
    var rest = value
    while rest >= 10 {
      rest /= 10
      exponent += 1
    }
    while rest < 1 {
      rest *= 10
      exponent -= 1
    }
    return exponent
  }

  /// 10^`exponent`, which is not negative.
  static func power(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  /// An exponent as superior figures.
  static func superscript(_ exponent: Int) -> String {
    String(
      String(exponent).map { digit in
        digit == "-" ? "⁻" : Array("⁰¹²³⁴⁵⁶⁷⁸⁹")[digit.wholeNumberValue!]
      })
  }
}

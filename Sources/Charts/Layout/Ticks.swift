/// A place on an axis that is marked.
struct Tick: Equatable {
  let value: Double
  /// Nil for a minor tick.
  let label: String?
}

/// Places on an axis that people can read: multiples of 1, 2 or 5 times a power of ten, and of a
/// power of two for bytes.
enum Ticks {
  /// Ticks of `axis` between the ends of `domain`, at most `most` of them with labels.
  static func of(_ axis: Chart.Axis, _ domain: ClosedRange<Double>, most: Int) -> [Tick] {
    if let names = axis.categories {
      return names.enumerated().map { Tick(value: Double($0.offset), label: $0.element) }
    }
    guard axis.scale == .logarithmic else {
      return axis.unit == .bytes
        ? linearBytes(domain, most: most) : linear(domain, most: most)
    }
    let ticks =
      axis.unit == .bytes
      ? logarithmicBytes(domain, most: most) : logarithmic(domain, most: most)
    // Little more than a decade: even steps say more than 2 and 5.
    let isShort = domain.upperBound / domain.lowerBound < (axis.unit == .bytes ? 4 : 20)
    let labels = ticks.count { $0.label != nil }
    if labels >= 2, !isShort || labels >= min(4, most) { return ticks }
    return axis.unit == .bytes
      ? linearBytes(domain, most: most) : linear(domain, most: most).filter { $0.value > 0 }
  }

  /// Multiples of one step.
  private static func linear(_ domain: ClosedRange<Double>, most: Int) -> [Tick] {
    let span = domain.upperBound - domain.lowerBound
    guard span.isFinite, span > 0 else { return [] }
    var exponent = NumberText.exponent(of: span) - 3
    while true {
      for mantissa in [1, 2, 5] {
        let step = scaled(Double(mantissa), exponent)
        let first = (domain.lowerBound / step - 1e-9).rounded(.up)
        let last = (domain.upperBound / step + 1e-9).rounded(.down)
        guard last - first < Double(max(most, 2)), last.magnitude < 1e9, first.magnitude < 1e9
        else { continue }
        return stride(from: first, through: last, by: 1).map { index in
          let units = Int(index) * mantissa
          return Tick(value: scaled(Double(units), exponent), label: label(units, exponent))
        }
      }
      exponent += 1
      if exponent > 308 { return [] }
    }
  }

  /// Powers of ten, or every few of them, with 2 and 5 between where there is room, and minor ticks.
  private static func logarithmic(_ domain: ClosedRange<Double>, most: Int) -> [Tick] {
    let lowest = NumberText.exponent(of: domain.lowerBound)
    let highest = NumberText.exponent(of: domain.upperBound)
    let units = (lowest...highest).flatMap { exponent in (1...9).map { ($0, exponent) } }
      .filter { domain.contains(scaled(Double($0.0), $0.1)) }
    func ticks(labelling isLabelled: (Int, Int) -> Bool) -> [Tick] {
      units.map { unit, exponent in
        Tick(
          value: scaled(Double(unit), exponent),
          label: isLabelled(unit, exponent) ? label(unit, exponent) : nil)
      }
    }
    let fine = ticks { unit, _ in [1, 2, 5].contains(unit) }
    if fine.count(where: { $0.label != nil }) <= most { return fine }
    var step = 1
    while (highest - lowest) / step >= max(most, 2) { step += 1 }
    // Where decades are skipped, minor ticks are decades; where very many are, there are none.
    let decades = ticks { unit, exponent in unit == 1 && exponent % step == 0 }
    return zip(units, decades).filter { unit, tick in
      tick.label != nil || step == 1 || (step <= 10 && unit.0 == 1)
    }.map(\.1)
  }

  /// Powers of two, every 1, 2, 5 or 10 of them, with the powers between as minor ticks.
  private static func logarithmicBytes(_ domain: ClosedRange<Double>, most: Int) -> [Tick] {
    let powers = (0...69).filter {
      domain.contains(Double(sign: .plus, exponent: $0, significand: 1))
    }
    let steps = [1, 2, 5, 10, 20]
    let step = steps.first { step in powers.count { $0 % step == 0 } <= most } ?? 20
    let minor = step <= 5 ? 1 : step / 2
    return powers.filter { $0 % minor == 0 }.map { power in
      let value = Double(sign: .plus, exponent: power, significand: 1)
      return Tick(value: value, label: power % step == 0 ? NumberText.bytes(value) : nil)
    }
  }

  /// Multiples of a power of two.
  private static func linearBytes(_ domain: ClosedRange<Double>, most: Int) -> [Tick] {
    for power in 0...69 {
      let step = Double(sign: .plus, exponent: power, significand: 1)
      let first = (domain.lowerBound / step).rounded(.up)
      let last = (domain.upperBound / step).rounded(.down)
      guard last - first < Double(max(most, 2)) else { continue }
      return stride(from: first, through: last, by: 1).map {
        Tick(value: $0 * step, label: NumberText.bytes($0 * step))
      }
    }
    return []
  }

  /// `value` · 10^`exponent`, rounded once.
  private static func scaled(_ value: Double, _ exponent: Int) -> Double {
    exponent < 0 ? value / NumberText.power(-exponent) : value * NumberText.power(exponent)
  }

  /// `units` · 10^`exponent` in digits, all ticks of a step with as many after the point.
  private static func label(_ units: Int, _ exponent: Int) -> String {
    if units == 0 { return "0" }
    if exponent > 5 || exponent < -5 {
      return (units == 1 ? "" : NumberText.decimal(units, decimals: 0) + " × ") + "10"
        + NumberText.superscript(exponent)
    }
    if exponent < 0 { return NumberText.decimal(units, decimals: -exponent) }
    return NumberText.decimal(units * Int(NumberText.power(exponent)), decimals: 0)
  }
}

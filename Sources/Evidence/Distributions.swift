/// The standard normal distribution.
public enum NormalDistribution {
  /// The probability of a value up to `x`.
  public static func probability(upTo x: Double) -> Double {
    Elementary.complementaryErrorFunction(-x / 2.0.squareRoot()) / 2
  }

  /// The value that is not exceeded with probability `p`, 0 < p < 1.
  public static func quantile(_ p: Double) -> Double {
    // Symmetry keeps the digits of small tails.
    p > 0.5 ? -quantile(1 - p) : root(of: { probability(upTo: $0) - p }, from: -40, to: 0)
  }
}

/// Student's t distribution with a whole number of degrees of freedom.
public enum StudentDistribution {
  /// The probability of a value up to `x`.
  ///
  /// Source: M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions" (1964), 26.7.3 and 26.7.4:
  /// finite sums in powers of cos² θ, tan θ = x / √ν.
  public static func probability(upTo x: Double, degreesOfFreedom: Int) -> Double {
    let angle = Elementary.arcTangent(x / Double(degreesOfFreedom).squareRoot())
    let (sine, cosine) = (Elementary.sine(angle), Elementary.cosine(angle))
    let isOdd = degreesOfFreedom % 2 == 1
    var term = isOdd ? cosine : 1
    var sum = degreesOfFreedom == 1 ? 0 : term
    for k in stride(from: isOdd ? 3 : 2, to: degreesOfFreedom, by: 2) {
      term *= cosine * cosine * Double(k - 1) / Double(k)
      sum += term
    }
    let central = isOdd ? (angle + sine * sum) * 2 / .pi : sine * sum
    return (1 + central) / 2
  }

  /// The value that is not exceeded with probability `p`, 0 < p < 1.
  ///
  /// Beyond 1000 degrees of freedom the normal distribution's value, which is at most 0.3 % less.
  public static func quantile(_ p: Double, degreesOfFreedom: Int) -> Double {
    guard degreesOfFreedom <= 1000 else { return NormalDistribution.quantile(p) }
    guard p <= 0.5 else { return -quantile(1 - p, degreesOfFreedom: degreesOfFreedom) }
    let tail = { (x: Double) in probability(upTo: x, degreesOfFreedom: degreesOfFreedom) - p }
    var low = -1.0
    while tail(low) > 0 { low *= 2 }
    return root(of: tail, from: low, to: 0)
  }
}

/// Where an increasing function changes its sign, by bisection down to neighbouring numbers.
private func root(of function: (Double) -> Double, from start: Double, to end: Double) -> Double {
  var (low, high) = (start, end)
  while true {
    let middle = low + (high - low) / 2
    guard middle > low, middle < high else { return high }
    if function(middle) < 0 { low = middle } else { high = middle }
  }
}

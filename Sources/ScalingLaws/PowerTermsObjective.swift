/// What a fit of a sum of power terms minimises: Σ w · Huber(log of the law's loss - log of the loss seen).
///
/// The law is Σ_k e^(c_k - γ_k x_k), with or without a further constant e^e; x_k are logarithms of sizes. Its logarithm
/// is taken as log-sum-exp. Residuals are summed, not averaged (J. Hoffmann et al., 2022, equation 3).
///
/// One of the terms may be subtracted; where nothing is left of the loss then, the value is no number.
struct PowerTermsObjective: DifferentiableFunction {
  /// Whether the last parameter is e.
  var hasConstant: Bool
  /// For each term the logarithm of its size at each point.
  var logSizes: [[Double]]
  var logLosses: [Double]
  var weights: [Double]
  /// The term that is subtracted; nil for none.
  var subtracted: Int?

  /// Parameters are c_1, γ_1, c_2, γ_2, …, perhaps e.
  func value(at point: [Double], gradient: inout [Double]) -> Double {
    for i in gradient.indices { gradient[i] = 0 }
    var shares = noShares
    var total = 0.0
    for index in 0..<logLosses.count {
      let residual = logLoss(at: point, index: index, shares: &shares) - logLosses[index]
      let (loss, slope) = Huber.loss(residual, weight: weights[index])
      total += loss
      for term in 0..<logSizes.count {
        gradient[2 * term] += slope * shares[term]
        gradient[2 * term + 1] -= slope * shares[term] * logSizes[term][index]
      }
      if hasConstant { gradient[gradient.count - 1] += slope * shares[logSizes.count] }
    }
    return total
  }

  /// One for each term, the last for the constant.
  private var noShares: [Double] { [Double](repeating: 0, count: logSizes.count + 1) }

  /// The logarithm of the law's loss at a point, not a number where nothing is left of it; writes what each term contributes,
  /// together 1.
  private func logLoss(at point: [Double], index: Int, shares: inout [Double]) -> Double {
    let constant = hasConstant ? point[point.count - 1] : -Double.infinity
    var largest = constant
    for term in 0..<logSizes.count {
      let exponent = point[2 * term] - point[2 * term + 1] * logSizes[term][index]
      shares[term] = exponent
      if exponent > largest { largest = exponent }
    }
    shares[logSizes.count] = constant
    var sum = 0.0
    for term in 0..<shares.count {
      let share = Elementary.exponential(shares[term] - largest)
      shares[term] = term == subtracted ? -share : share
      sum += shares[term]
    }
    for term in 0..<shares.count { shares[term] /= sum }
    return sum > 0 ? largest + Elementary.logarithm(sum) : .nan
  }

  func logLosses(at point: [Double]) -> [Double] {
    var shares = noShares
    return logLosses.indices.map { logLoss(at: point, index: $0, shares: &shares) }
  }
}

/// The loss that is a square near zero and a line beyond (P. J. Huber, 1964).
enum Huber {
  /// Where it turns (Hoffmann et al., 2022).
  static let threshold = 1e-3

  /// The weighted loss of a residual, and its slope.
  @inline(__always)
  static func loss(_ residual: Double, weight: Double) -> (value: Double, slope: Double) {
    if residual > threshold {
      return (weight * threshold * (residual - threshold / 2), weight * threshold)
    }
    if residual < -threshold {
      return (weight * threshold * (-residual - threshold / 2), -weight * threshold)
    }
    return (weight * residual * residual / 2, weight * residual)
  }
}

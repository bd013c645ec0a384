/// What a fit of a sum of power terms minimises: Σ w · Huber(log of the law's loss - log of the loss seen).
///
/// The law is e^e + Σ_k e^(c_k - γ_k x_k), x_k the logarithm of a size, with one or two sizes, with or
/// without the constant term; its logarithm is taken as log-sum-exp. Residuals are summed, not averaged.
///
/// Source: J. Hoffmann et al. (2022), equation 3.
struct LogLossObjective: DifferentiableFunction {
  /// Where the Huber loss turns from a square into a line (Hoffmann et al.).
  static let threshold = 1e-3

  /// Whether the last parameter is e.
  var hasConstant: Bool
  /// The logarithm of the first size of each point.
  var logSizes: [Double]
  /// The logarithm of the second size of each point; empty if there is only one.
  var secondLogSizes: [Double] = []
  var logLosses: [Double]
  var weights: [Double]

  private var hasSecondSize: Bool { !secondLogSizes.isEmpty }

  /// Parameters are c_1, γ_1, perhaps c_2, γ_2, perhaps e.
  func value(at point: [Double], gradient: inout [Double]) -> Double {
    for i in gradient.indices { gradient[i] = 0 }
    var total = 0.0
    var shares = Shares()
    // Comparisons are written out: this is the innermost loop, and tests run it without optimisation.
    for index in 0..<logLosses.count {
      let residual = logLoss(at: point, index: index, shares: &shares) - logLosses[index]
      let weight = weights[index]
      if residual > Self.threshold || residual < -Self.threshold {
        let size = residual > 0 ? residual : -residual
        total += weight * Self.threshold * (size - Self.threshold / 2)
        let slope = residual > 0 ? Self.threshold : -Self.threshold
        add(shares, times: weight * slope, index: index, to: &gradient)
      } else {
        total += weight * residual * residual / 2
        add(shares, times: weight * residual, index: index, to: &gradient)
      }
    }
    return total
  }

  /// What each term contributes to a loss, together 1.
  private struct Shares {
    var first = 0.0
    var second = 0.0
    var constant = 0.0
  }

  private func logLoss(at point: [Double], index: Int, shares: inout Shares) -> Double {
    let first = point[0] - point[1] * logSizes[index]
    var largest = first
    let constant = hasConstant ? point[point.count - 1] : -Double.infinity
    if constant > largest { largest = constant }
    var second = -Double.infinity
    if hasSecondSize {
      second = point[2] - point[3] * secondLogSizes[index]
      if second > largest { largest = second }
    }
    shares.first = Elementary.exponential(first - largest)
    shares.constant = hasConstant ? Elementary.exponential(constant - largest) : 0
    shares.second = hasSecondSize ? Elementary.exponential(second - largest) : 0
    let sum = shares.first + shares.second + shares.constant
    shares.first /= sum
    shares.second /= sum
    shares.constant /= sum
    return largest + Elementary.logarithm(sum)
  }

  private func add(
    _ shares: Shares, times slope: Double, index: Int, to gradient: inout [Double]
  ) {
    gradient[0] += slope * shares.first
    gradient[1] -= slope * shares.first * logSizes[index]
    if hasSecondSize {
      gradient[2] += slope * shares.second
      gradient[3] -= slope * shares.second * secondLogSizes[index]
    }
    if hasConstant { gradient[gradient.count - 1] += slope * shares.constant }
  }

  /// The logarithm of the law's loss at each point.
  func logLosses(at point: [Double]) -> [Double] {
    var shares = Shares()
    return logLosses.indices.map { logLoss(at: point, index: $0, shares: &shares) }
  }
}

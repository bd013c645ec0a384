/// What a fit of a sum of power terms minimises: Σ w · Huber(log of the law's loss - log of the loss seen).
///
/// The law is e^e + Σ_k e^(c_k - γ_k x_k), x_k the logarithm of a size, with one or two sizes, with or without the
/// constant term; its logarithm is taken as log-sum-exp. Residuals are summed, not averaged.
///
/// Source: J. Hoffmann et al. (2022), equation 3.
struct LogLossObjective: DifferentiableFunction {
  /// Where the Huber loss turns from a square into a line (Hoffmann et al.).
  static let threshold = 1e-3

  /// Whether the last parameter is e.
  var hasConstant: Bool
  /// The logarithms of one or two sizes of each point.
  var logSizes: [[Double]]
  var logLosses: [Double]
  var weights: [Double]

  /// Parameters are c_1, γ_1, perhaps c_2, γ_2, perhaps e.
  func value(at point: [Double], gradient: inout [Double]) -> Double {
    for i in gradient.indices { gradient[i] = 0 }
    var total = 0.0
    var shares = Shares()
    for index in logLosses.indices {
      let residual = logLoss(at: point, index: index, shares: &shares) - logLosses[index]
      let weight = weights[index]
      let slope = weight * min(max(residual, -Self.threshold), Self.threshold)
      let size = abs(residual)
      total +=
        size <= Self.threshold
        ? weight * residual * residual / 2
        : weight * Self.threshold * (size - Self.threshold / 2)
      add(shares, times: slope, index: index, to: &gradient)
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
    let first = point[0] - point[1] * logSizes[0][index]
    let second = logSizes.count > 1 ? point[2] - point[3] * logSizes[1][index] : -Double.infinity
    let constant = hasConstant ? point[point.count - 1] : -Double.infinity
    let largest = max(first, second, constant)
    shares.first = Elementary.exponential(first - largest)
    shares.second = logSizes.count > 1 ? Elementary.exponential(second - largest) : 0
    shares.constant = hasConstant ? Elementary.exponential(constant - largest) : 0
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
    gradient[1] -= slope * shares.first * logSizes[0][index]
    if logSizes.count > 1 {
      gradient[2] += slope * shares.second
      gradient[3] -= slope * shares.second * logSizes[1][index]
    }
    if hasConstant { gradient[gradient.count - 1] += slope * shares.constant }
  }

  /// The logarithm of the law's loss at each point.
  func logLosses(at point: [Double]) -> [Double] {
    var shares = Shares()
    return logLosses.indices.map { logLoss(at: point, index: $0, shares: &shares) }
  }
}

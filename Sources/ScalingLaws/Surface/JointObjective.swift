/// The same for Kaplan's joint law: log L = s · log(e^(c - γ x) + e^(d - y)), x and y the logarithms of size and data.
struct JointObjective: DifferentiableFunction {
  var logSizes: [Double]
  var logData: [Double]
  var logLosses: [Double]
  var weights: [Double]

  /// Parameters are c, γ, d, s: s = α_D, γ = α_N / α_D, c = γ log N_c, d = log D_c.
  func value(at point: [Double], gradient: inout [Double]) -> Double {
    for i in gradient.indices { gradient[i] = 0 }
    var total = 0.0
    for index in 0..<logLosses.count {
      let (sum, share) = logSum(at: point, index: index)
      let (loss, slope) = Huber.loss(point[3] * sum - logLosses[index], weight: weights[index])
      total += loss
      gradient[0] += slope * point[3] * share
      gradient[1] -= slope * point[3] * share * logSizes[index]
      gradient[2] += slope * point[3] * (1 - share)
      gradient[3] += slope * sum
    }
    return total
  }

  /// The logarithm of the sum, and the share of its first term.
  private func logSum(at point: [Double], index: Int) -> (sum: Double, share: Double) {
    let size = point[0] - point[1] * logSizes[index]
    let data = point[2] - logData[index]
    let largest = max(size, data)
    let first = Elementary.exponential(size - largest)
    let sum = first + Elementary.exponential(data - largest)
    return (largest + Elementary.logarithm(sum), first / sum)
  }

  func logLosses(at point: [Double]) -> [Double] {
    logLosses.indices.map { point[3] * logSum(at: point, index: $0).sum }
  }
}

/// The losses of one size by seed: every seed is a run of its own, and the points of one seed share that run.
public struct SeededRow: Sendable {
  /// N, by whichever count.
  public var parameters: Double
  /// Floating-point operations for each unit of data, by whichever count.
  public var operations: Double
  /// Of each seed the losses by data.
  public var seeds: [[(data: Double, loss: Double)]]

  /// Creates a row; see the properties. Losses that are no positive numbers are left out, and seeds without losses.
  public init(
    parameters: Double, operations: Double, seeds: [[(data: Double, loss: Double)]]
  ) {
    self.parameters = parameters
    self.operations = operations
    self.seeds = seeds.map { $0.filter { $0.loss > 0 && $0.loss.isFinite } }.filter { !$0.isEmpty }
  }

  /// The geometric means of the seeds' losses, at the amounts of data that all of them reached: a mean over other seeds at
  /// other data would show their differences as a bend.
  public var mean: SizeRow {
    let logs = logLosses
    return SizeRow(
      parameters: parameters, operations: operations,
      losses: sharedData.enumerated().map { index, data in
        let sum = logs.reduce(0) { $0 + $1[index] }
        return (data, Elementary.exponential(sum / Double(seeds.count)))
      })
  }

  /// The amounts of data that all seeds reached, rising.
  var sharedData: [Double] {
    guard let first = seeds.first else { return [] }
    return first.map(\.data).filter { data in
      seeds.allSatisfy { $0.contains { $0.data == data } }
    }.sorted()
  }

  /// Of each seed the logarithms of its losses at the shared data.
  var logLosses: [[Double]] {
    let data = sharedData
    return seeds.map { seed in
      data.map { amount in Elementary.logarithm(seed.first { $0.data == amount }!.loss) }
    }
  }
}

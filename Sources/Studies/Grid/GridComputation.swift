import BPBCore
import Evidence
import ScalingLaws

/// The best sizes at equal computation on one surface, analysed in every published way.
struct GridComputation {
  let surface: GridSurface
  let reconciliation: Reconciliation

  /// Budgets that the computation which enough sizes have is divided into.
  private static let budgets = 8
  /// Budgets whose best size lies inside the sizes: with fewer nothing is said of a corpus.
  static let fewestOptima = 4

  /// - Parameter draws: of each analysis.
  init(_ surface: GridSurface, seed: UInt64, draws: Int) {
    self.surface = surface
    var generator = SeededGenerator(seed: seed)
    reconciliation = Reconciliation(
      surface.sizes.compactMap { Self.runs(surface, $0) }, budgets: Self.budgets,
      draws: draws, using: &generator)
  }

  /// The account that rests on no choice: all parameters, exact operations, rates and schedules as they should be.
  func analysis(_ estimator: ComputeOptimum.Estimator = .parabola) -> Reconciliation.Analysis? {
    reconciliation.analysis(
      RunArm(rate: .tuned, schedule: .matched),
      RunCount(parameters: .total, operations: .exact), estimator)
  }

  /// The same runs as Kaplan et al. counted them.
  var kaplanAnalysis: Reconciliation.Analysis? {
    reconciliation.analysis(
      RunArm(rate: .tuned, schedule: .matched),
      RunCount(parameters: .nonEmbedding, operations: .sixPerParameter), .parabola)
  }

  /// Whether enough budgets have their best size among those that were measured.
  var isEnough: Bool {
    (analysis()?.growth.result.optima.count ?? 0) >= Self.fewestOptima
  }

  /// The rows that the analysis rests on: means over seeds.
  var rows: [SizeRow] {
    surface.sizes.compactMap { size in
      let own = surface.tuned(size)
      guard let first = own.first else { return nil }
      let amounts = Set(own.map(\.data)).sorted()
      return SizeRow(
        parameters: first.parameters, operations: first.operations,
        losses: amounts.compactMap { data in
          own.filter { $0.data == data }.map(\.loss).mean.map { (data, $0) }
        })
    }
  }

  private static func runs(_ surface: GridSurface, _ size: String) -> CountedRuns? {
    let tuned = surface.tuned(size)
    guard let first = tuned.first, first.operations > 0 else { return nil }
    var arms: [RunArm: [[(data: Double, loss: Double)]]] = [:]
    for (rate, points) in [(RunArm.Rate.tuned, tuned), (.single, surface.atOneRate(size))]
    where !points.isEmpty {
      let seeds = Self.bySeed(points)
      arms[RunArm(rate: rate, schedule: .matched)] = seeds.map { $0.map { ($0.data, $0.loss) } }
      arms[RunArm(rate: rate, schedule: .fixed)] = seeds.map { $0.compactMap(\.trunk) }
    }
    return CountedRuns(
      totalParameters: first.parameters, nonEmbeddingParameters: first.nonEmbedding,
      operations: first.operations, arms: arms)
  }

  /// The points of each seed, in the order in which seeds stand.
  private static func bySeed(_ points: [GridPoint]) -> [[GridPoint]] {
    var seeds: [String] = []
    for point in points where !seeds.contains(point.seed) { seeds.append(point.seed) }
    return seeds.map { seed in points.filter { $0.seed == seed } }
  }
}

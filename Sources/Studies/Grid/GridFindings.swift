import Charts
import Evidence
import Reports
import RunRecords
import ScalingLaws

/// What the points of a grid say.
struct GridFindings {
  let results: StudyResults
  let surfaces: GridSurfaces
  let laws: GridLaws?
  /// How other kinds of models compare with the first; nil without any.
  let families: GridFamilies?
  /// Best sizes at equal computation, on the corpus and on text of unlimited supply.
  let computations: [GridComputation]

  /// - Parameter draws: of each law; four fifths of them for best sizes, of which there are many analyses.
  init(_ results: StudyResults, draws: Int = GridLaws.usualDraws) {
    self.results = results
    let seed = results.plan.seed
    surfaces = GridSurfaces(results)
    laws = surfaces.corpus.map { GridLaws($0, seed: seed, draws: draws) }
    families = GridFamilies(surfaces, seed: seed, draws: draws)
    computations = [surfaces.corpus, surfaces.grammar].compactMap { $0 }.map {
      GridComputation($0, seed: seed, draws: draws * 4 / 5)
    }
  }

  /// The surface that everything is read from.
  var surface: GridSurface? { surfaces.corpus }

  /// Where the best size at equal computation is read: the corpus if enough budgets have one there, or else text of unlimited
  /// supply; nil if neither has.
  var computation: GridComputation? { computations.first { $0.isEnough } }

  var all: StudyFindings {
    var findings = StudyFindings()
    findings.preamble = preamble
    findings.tables = tables
    findings.charts = charts
    findings.reading = reading
    findings.answers = answers
    return findings
  }

  private var preamble: [String] {
    guard let surface else { return [] }
    return [
      "\(surface.family.rawValue) networks of \(surface.sizes.count) sizes; each byte of the training part is seen once at most; "
        + "losses are bits per byte of new text, read from up to 128 KiB all over the test part"
    ]
  }

  var tables: [ReportTable] { GridTables(self).all.filter { !$0.rows.isEmpty } }

  var charts: [ChartEntry] { GridCharts(self).all.filter { !$0.chart.series.isEmpty } }

  var reading: [String] { GridReading(self).all }

  var answers: [StudyAnswer] {
    [
      StudyAnswer(
        GridStudy.foretells, laws.flatMap { $0.errorDifference($0.chosen ?? .additive, less: nil) },
        results),
      StudyAnswer(
        GridStudy.constantHelps, laws?.errorDifference(.additive, less: .withoutConstant), results),
      StudyAnswer(
        GridStudy.interaction, laws?.errorDifference(.interaction, less: .additive), results),
      StudyAnswer(GridStudy.joint, laws?.errorDifference(.joint, less: .additive), results),
      StudyAnswer(
        GridStudy.moreData, results.difference(of: lastDoubling(ofLargest: false)), results),
      StudyAnswer(GridStudy.largerGainsMore, results.difference(of: gains), results),
      StudyAnswer(
        GridStudy.half, exponent.map { $0.less(PublishedExponent.chinchilla.value) }, results),
      StudyAnswer(GridStudy.kaplanCount, movedExponent, results),
      StudyAnswer(
        GridStudy.constantRatio, computation?.analysis()?.growth.dataPerParameterExponent, results),
      StudyAnswer(GridStudy.architectures, families?.largestDifference, results),
    ]
  }

  /// How the best size grows with computation, its interval widened by the estimator's bias.
  private var exponent: Estimate? {
    guard let analysis = computation?.analysis(), let value = analysis.growth.exponent,
      let interval = analysis.interval
    else { return nil }
    return Estimate(value: value.value, interval: interval, level: value.level)
  }

  /// By how much Kaplan's way of counting moves it. The runs are the same; as if they were not, the intervals add up, so that
  /// this one is too wide rather than too narrow.
  private var movedExponent: Estimate? {
    guard let exact = computation?.analysis()?.growth.exponent,
      let counted = computation?.kaplanAnalysis?.growth.exponent
    else { return nil }
    return Estimate(difference: counted, minus: exact)
  }

  // MARK: The last doubling of data

  /// Blocks of each seed of the largest or the smallest size that has several, after the most data and after half of them: of one
  /// seed nobody knows what another would have done.
  private func lastDoubling(ofLargest: Bool) -> [(first: Replicate, second: Replicate)] {
    guard let surface, surface.amounts.count > 1 else { return [] }
    let amounts = surface.amounts.suffix(2)
    let sizes = surface.sizes.filter { surface.seeds($0, amounts.last!).count > 1 }
    guard sizes.count > 1, let size = ofLargest ? sizes.last : sizes.first else { return [] }
    let after = surface.seeds(size, amounts.last!)
    return after.compactMap { point in
      surface.seeds(size, amounts.first!).first { $0.seed == point.seed }
        .map { (point.blocks, $0.blocks) }
    }
  }

  /// What each seed gained, of the largest and of the smallest size.
  private var gains: [(first: Replicate, second: Replicate)] {
    func gains(_ pairs: [(first: Replicate, second: Replicate)]) -> [Replicate] {
      pairs.compactMap { $0.second.minus($0.first) }
    }
    return Array(
      zip(gains(lastDoubling(ofLargest: true)), gains(lastDoubling(ofLargest: false)))
    ).map { (first: $0.0, second: $0.1) }
  }
}

extension Estimate {
  fileprivate func less(_ value: Double) -> Estimate {
    Estimate(
      value: self.value - value,
      interval: Interval(low: interval.low - value, high: interval.high - value), level: level)
  }
}

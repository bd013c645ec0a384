import BPBCore
import Charts
import Evidence
import Reports
import RunRecords

/// What the cells of the overfit study say.
struct OverfitFindings {
  private let results: StudyResults
  private let sizes: [String]
  private let seeds: [String]

  init(_ results: StudyResults) {
    self.results = results
    sizes = results.values(of: "size")
    seeds = results.values(of: "seed")
  }

  var all: StudyFindings {
    var findings = StudyFindings()
    findings.preamble = [
      "Repeated: the first bytes of the training part. Each run has a schedule of its own; 'best' is read where the tune "
        + "part was best, 'end' at the run's end. Fresh: one pass over as many different bytes."
    ]
    let worth = WorthFindings(results)
    let seen = SeenFindings(results)
    findings.tables = [lossTable, penalty?.table, seen.table, worth.table].compactMap { $0 }
      .filter { !$0.rows.isEmpty }
    findings.charts = [
      ChartEntry(name: "epochs", chart: epochsChart), ChartEntry(name: "worth", chart: worth.chart),
    ].filter { !$0.chart.series.isEmpty }
    findings.reading = seen.reading + worth.reading
    let forms =
      penalty?.answers ?? [StudyAnswer(OverfitStudy.exponential, nil as Estimate?, results)]
    findings.answers = answers(OverfitStudy.tooLarge, OverfitStudy.harmGrows) + forms
    findings.answers += [StudyAnswer(OverfitStudy.noHarm, harmOfOnePass, results)] + seen.answers
    findings.answers += answers(OverfitStudy.decayHelps, OverfitStudy.dropoutHelps) + worth.answers
    return findings
  }

  // MARK: Cells

  /// After the most epochs over the least text.
  private var penalty: PenaltyFindings? {
    unique.first.flatMap { amount in
      epochs(amount).last.map { PenaltyFindings(results, unique: amount, epochs: $0) }
    }
  }

  /// The amounts of text that were repeated.
  private var unique: [String] {
    results.values(of: "unique").filter { amount in
      results.cells(where: ["unique": amount]).contains { $0.parameter("epochs") != "1" }
    }
  }

  private func cell(
    _ size: String, _ unique: String, _ epochs: String, _ against: OverfitRun.Regulariser = .none,
    _ seed: String
  ) -> StudyCellRecord? {
    results.cells(where: [
      "size": size, "unique": unique, "epochs": epochs, "against": against.rawValue, "seed": seed,
    ]).first
  }

  /// The numbers of epochs over `unique`, rising.
  private func epochs(_ unique: String) -> [String] {
    results.values(of: "epochs", in: results.cells(where: ["unique": unique]))
      .sorted { Int($0) ?? 0 < Int($1) ?? 0 }
  }

  private func mean(_ figure: String, _ size: String, _ unique: String, _ epochs: String) -> Double?
  {
    seeds.compactMap { cell(size, unique, epochs, .none, $0) }.mean(figure)
  }

  // MARK: Answers

  private typealias Pick = (_ seed: String) -> (cell: StudyCellRecord?, series: String)

  /// The bootstrap of a difference in the test part's blocks, paired by seed and block.
  private func difference(_ first: Pick, minus second: Pick) -> BootstrapDistribution? {
    let pairs = seeds.compactMap { seed -> (first: Replicate, second: Replicate)? in
      let (one, other) = (first(seed), second(seed))
      guard let left = one.cell?.replicate(one.series, of: results.plan),
        let right = other.cell?.replicate(other.series, of: results.plan)
      else { return nil }
      return (left, right)
    }
    return results.difference(of: pairs)
  }

  /// What the repeated runs say of `claims`.
  private func answers(_ claims: StudyClaim...) -> [StudyAnswer] {
    claims.map { StudyAnswer($0, estimate(of: $0), results) }
  }

  private func estimate(of claim: StudyClaim) -> Estimate? {
    guard let small = sizes.first, let large = sizes.last, small != large,
      let amount = unique.first, let most = epochs(amount).last
    else { return nil }
    func at(
      _ size: String, _ series: String, _ against: OverfitRun.Regulariser = .none
    ) -> Pick {
      { seed in (self.cell(size, amount, most, against, seed), series) }
    }
    switch claim.name {
    case OverfitStudy.tooLarge.name:
      return difference(at(large, "best_test"), minus: at(small, "best_test"))?.estimate()
    case OverfitStudy.harmGrows.name:
      return Estimate(meanOf: harm(small, large, amount, most))
    case OverfitStudy.decayHelps.name:
      return difference(at(large, "test", .decay), minus: at(large, "test"))?.estimate()
    case OverfitStudy.dropoutHelps.name:
      return difference(at(large, "test", .dropout), minus: at(large, "test"))?.estimate()
    default: return nil
    }
  }

  /// What the largest network's longest pass over fresh text cost from its best place to its end.
  private var harmOfOnePass: BootstrapDistribution? {
    let passes = results.cells(where: ["epochs": "1", "against": "none"])
      .filter { $0.parameter("size") == sizes.last }
    let longest = passes.compactMap { $0.number("unique") }.max()
    func pass(_ seed: String, _ series: String) -> (cell: StudyCellRecord?, series: String) {
      (
        passes.first { $0.parameter("seed") == seed && $0.number("unique") == longest }, series
      )
    }
    return difference({ pass($0, "test") }, minus: { pass($0, "best_test") })
  }

  /// For each seed how much more the largest network's test loss rose than the smallest one's.
  private func harm(_ small: String, _ large: String, _ amount: String, _ epochs: String)
    -> [Double]
  {
    func rise(_ size: String, _ seed: String) -> Double? {
      cell(size, amount, epochs, .none, seed).flatMap { cell in
        cell.figures["test"].flatMap { last in cell.figures["best_test"].map { last - $0 } }
      }
    }
    return seeds.compactMap { seed in
      rise(large, seed).flatMap { large in rise(small, seed).map { large - $0 } }
    }
  }

  // MARK: Tables and charts

  private var lossTable: ReportTable {
    let rows = sizes.flatMap { size in
      unique.flatMap { amount in
        epochs(amount).filter { epochs in
          seeds.contains { cell(size, amount, epochs, .none, $0) != nil }
        }.map { epochs -> [String] in
          let figures = ["train", "best_test", "test"].map { mean($0, size, amount, epochs) }
          let rise = figures[2].flatMap { last in figures[1].map { last - $0 } }
          let gap = figures[2].flatMap { last in figures[0].map { last - $0 } }
          return [size, NumberFormat.grouped(Int(amount) ?? 0), epochs]
            + (figures + [rise, gap]).map { NumberFormat.fixed($0, decimals: 3) }
        }
      }
    }
    return ReportTable(
      kind: .study, title: "Bits per byte after repeating a text",
      note: "Means over seeds, nothing against overfitting.",
      heads: ["size", "bytes", "epochs", "train", "best test", "end test", "harm", "gap"],
      rows: rows)
  }

  private var epochsChart: Chart {
    Chart(
      title: "Loss on new text as a text is repeated",
      subtitle: "Solid: at the end of a run. Dashed: where the tune part was best.",
      x: .init("epochs", scale: .logarithmic), y: .init("bits per byte", better: .low),
      series: unique.prefix(1).flatMap { amount in
        sizes.flatMap { size in
          [("test", Chart.Series.Dash.solid), ("best_test", .dashed)].map { figure, dash in
            Chart.Series(
              size, kind: .markedLine,
              points: epochs(amount).compactMap { epochs in
                Double(epochs).flatMap { x in
                  mean(figure, size, amount, epochs).map { Chart.Point(x, $0) }
                }
              }, dash: dash)
          }
        }
      }.filter { !$0.points.isEmpty })
  }
}

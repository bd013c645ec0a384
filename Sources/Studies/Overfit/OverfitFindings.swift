import BPBCore
import Charts
import Evidence
import Reports
import RunRecords
import ScalingLaws

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
    findings.tables = [lossTable, worthTable].filter { !$0.rows.isEmpty }
    findings.charts = [
      ChartEntry(name: "epochs", chart: epochsChart), ChartEntry(name: "worth", chart: worthChart),
    ].filter { !$0.chart.series.isEmpty }
    findings.reading = reading
    findings.answers = answers
    return findings
  }

  // MARK: Cells

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

  private var answers: [StudyAnswer] {
    guard let smallest = sizes.first, let largest = sizes.last, smallest != largest,
      let amount = unique.first, let first = epochs(amount).first, let most = epochs(amount).last
    else { return OverfitStudy().claims.map { StudyAnswer($0, nil as Estimate?, results) } }
    func at(
      _ size: String, _ epochs: String, _ series: String,
      _ against: OverfitRun.Regulariser = .none
    ) -> Pick {
      { seed in (self.cell(size, amount, epochs, against, seed), series) }
    }
    return [
      StudyAnswer(
        OverfitStudy.tooLarge,
        difference(at(largest, most, "best_test"), minus: at(smallest, most, "best_test")), results),
      StudyAnswer(
        OverfitStudy.harmGrows, Estimate(meanOf: harm(smallest, largest, amount, most)), results),
      StudyAnswer(
        OverfitStudy.singlePass,
        difference(at(largest, first, "test"), minus: at(largest, first, "best_test")), results),
      StudyAnswer(
        OverfitStudy.decayHelps,
        difference(at(largest, most, "test", .decay), minus: at(largest, most, "test")), results),
      StudyAnswer(
        OverfitStudy.dropoutHelps,
        difference(at(largest, most, "test", .dropout), minus: at(largest, most, "test")), results),
      StudyAnswer(
        OverfitStudy.fourEpochs, Estimate(meanOf: worthOfFour.map { $0 - 0.85 }), results),
    ]
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

  // MARK: What repetition is worth

  private struct Worth {
    var size: String
    var unique: String
    var epochs: Double
    var seed: String
    /// D'/D; nil beyond what fresh runs tell.
    var share: Double?
  }

  /// Of every repeated run, read where the tune part was best.
  private var worths: [Worth] {
    sizes.flatMap { size in
      seeds.flatMap { seed -> [Worth] in
        let fresh = FreshEquivalent(
          results.cells(where: ["size": size, "epochs": "1", "against": "none", "seed": seed])
            .compactMap { cell in
              cell.number("unique").flatMap { bytes in cell.figures["best_test"].map { (bytes, $0) }
              }
            })
        return unique.flatMap { amount in
          epochs(amount).dropFirst().compactMap { epochs in
            guard let cell = cell(size, amount, epochs, .none, seed),
              let loss = cell.figures["best_test"],
              let count = Double(epochs), let bytes = Double(amount)
            else { return nil }
            return Worth(
              size: size, unique: amount, epochs: count, seed: seed,
              share: fresh.bytes(for: loss).map { $0 / (bytes * count) })
          }
        }
      }
    }
  }

  private var worthOfFour: [Double] { worths.filter { $0.epochs == 4 }.compactMap(\.share) }

  /// R* of each size, over all seeds; where repetition no longer harms, which the formula does not know.
  private func repetitions(_ size: String) -> Double? {
    FreshEquivalent.repetitions(
      fitting: worths.filter { $0.size == size }.compactMap { worth in
        worth.share.map { (worth.epochs, $0) }
      })
  }

  private var reading: [String] {
    sizes.compactMap { size in
      repetitions(size).map {
        "\(size): R* = \(NumberFormat.fixed($0, decimals: 1)) by the runs that fresh ones can be held against; "
          + "Muennighoff et al. found 15.4 on networks a thousand times as large."
      }
    }
  }

  // MARK: Tables and charts

  private var lossTable: ReportTable {
    let rows = sizes.flatMap { size in
      unique.flatMap { amount in
        epochs(amount).map { epochs -> [String] in
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

  private var worthTable: ReportTable {
    let worths = worths
    let rows = sizes.flatMap { size in
      unique.flatMap { amount in
        epochs(amount).dropFirst().map { epochs -> [String] in
          let shares = worths.filter {
            $0.size == size && $0.unique == amount && $0.epochs == Double(epochs)
          }.compactMap(\.share)
          let published = DataConstrainedLaw.worth(
            epochs: Double(epochs) ?? 1, repetitions: PublishedLaws.muennighoff.dataRepetitions)
          return [
            size, NumberFormat.grouped(Int(amount) ?? 0), epochs,
            NumberFormat.fixed(shares.mean, decimals: 2),
            NumberFormat.fixed(published, decimals: 2),
          ]
        }
      }
    }
    return ReportTable(
      kind: .study, title: "What repeated bytes are worth in fresh ones",
      note:
        "– where no fresh run was as good or as bad. Published: U + U R* (1 - e^(-R/R*)) with R* = 15.4.",
      heads: ["size", "bytes", "epochs", "D'/D", "published"], rows: rows)
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

  private var worthChart: Chart {
    let worths = worths
    let published = stride(from: 1.0, through: 64, by: 1).map { epochs in
      Chart.Point(
        epochs,
        DataConstrainedLaw.worth(
          epochs: epochs, repetitions: PublishedLaws.muennighoff.dataRepetitions))
    }
    let measured = sizes.map { size in
      Chart.Series(
        size, kind: .points,
        points: worths.filter { $0.size == size }.compactMap { worth in
          worth.share.map { Chart.Point(worth.epochs, $0) }
        })
    }.filter { !$0.points.isEmpty }
    return Chart(
      title: "What a byte is worth when its text is repeated",
      x: .init("epochs", scale: .logarithmic),
      y: .init("fresh bytes per byte seen", includesZero: true),
      series: measured.isEmpty
        ? [] : measured + [Chart.Series("published, R* = 15.4", kind: .line, points: published)])
  }
}

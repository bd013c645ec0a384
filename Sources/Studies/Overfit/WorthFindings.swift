import Charts
import Evidence
import Reports
import RunRecords
import ScalingLaws

/// What repeated bytes are worth in fresh ones.
struct WorthFindings {
  /// Of one repeated run, read where the tune part was best.
  private struct Worth {
    var size: String
    var unique: String
    var epochs: String
    var seed: String
    /// D'/D.
    var share: Double
  }

  private let results: StudyResults
  private let sizes: [String]
  /// Those that fresh runs tell something about.
  private let worths: [Worth]

  init(_ results: StudyResults) {
    self.results = results
    let runs = results.cells(where: ["against": "none"])
    sizes = results.values(of: "size", in: runs)
    worths = runs.filter { $0.parameter("epochs") != "1" }.compactMap { cell in
      guard let size = cell.parameter("size"), let unique = cell.parameter("unique"),
        let epochs = cell.parameter("epochs"), let seed = cell.parameter("seed"),
        let bytes = cell.number("unique"), let count = cell.number("epochs"),
        let loss = cell.figures["best_test"]
      else { return nil }
      let fresh = FreshEquivalent(
        runs.filter {
          $0.parameter("epochs") == "1" && $0.parameter("size") == size
            && $0.parameter("seed") == seed
        }.compactMap { run in
          run.number("unique").flatMap { bytes in run.figures["best_test"].map { (bytes, $0) } }
        })
      return fresh.bytes(for: loss).map {
        Worth(size: size, unique: unique, epochs: epochs, seed: seed, share: $0 / (bytes * count))
      }
    }
  }

  // MARK: Figures

  private static func published(_ epochs: Double) -> Double {
    DataConstrainedLaw.worth(
      epochs: epochs, repetitions: PublishedLaws.muennighoff.dataRepetitions)
  }

  /// R* of a size, fitted to each seed's runs apart; over seeds in logarithms, as it is a scale.
  private func repetitions(_ size: String) -> Estimate? {
    let own = worths.filter { $0.size == size }
    let fits = results.values(of: "seed").compactMap { seed in
      FreshEquivalent.repetitions(
        fitting: own.filter { $0.seed == seed }.map { (Double($0.epochs) ?? 1, $0.share) })
    }
    return Estimate(meanOf: fits.map(Mathematics.log2)).map { logarithms in
      let ends = logarithms.interval
      return Estimate(
        value: Mathematics.exp2(logarithms.value),
        interval: Interval(low: Mathematics.exp2(ends.low), high: Mathematics.exp2(ends.high)))
    }
  }

  // MARK: What is shown

  var answers: [StudyAnswer] {
    let ofFour = worths.filter { $0.epochs == "4" }.map { $0.share - 0.85 }
    return [StudyAnswer(OverfitStudy.fourEpochs, Estimate(meanOf: ofFour), results)]
  }

  var reading: [String] {
    sizes.compactMap { size in
      repetitions(size).map {
        "\(size): R* = \(NumberFormat.fixed($0.value, decimals: 1)) (95 % interval "
          + "\(NumberFormat.interval($0.interval, decimals: 1))) by the runs that fresh ones can be held against; "
          + "Muennighoff et al. found 15.4 on networks a thousand times as large."
      }
    }
  }

  var table: ReportTable {
    let repeated = results.cells(where: ["against": "none"]).filter {
      $0.parameter("epochs") != "1"
    }
    let rows = sizes.flatMap { size -> [[String]] in
      let own = repeated.filter { $0.parameter("size") == size }
      return results.values(of: "unique", in: own).flatMap { unique in
        results.values(of: "epochs", in: own.filter { $0.parameter("unique") == unique })
          .map { row(size, unique, $0) }
      }
    }
    return ReportTable(
      kind: .study, title: "What repeated bytes are worth in fresh ones",
      note:
        "– where no fresh run was as good or as bad. Published: U + U R* (1 - e^(-R/R*)) with R* = 15.4.",
      heads: ["size", "bytes", "epochs", "D'/D", "95 % interval", "published"], rows: rows)
  }

  private func row(_ size: String, _ unique: String, _ epochs: String) -> [String] {
    let shares = worths.filter { $0.size == size && $0.unique == unique && $0.epochs == epochs }
      .map(\.share)
    return [
      size, NumberFormat.grouped(Int(unique) ?? 0), epochs,
      NumberFormat.fixed(shares.mean, decimals: 2),
      NumberFormat.interval(Estimate(meanOf: shares)?.interval, decimals: 2),
      NumberFormat.fixed(Self.published(Double(epochs) ?? 1), decimals: 2),
    ]
  }

  var chart: Chart {
    let measured = sizes.map { size in
      Chart.Series(
        size, kind: .points,
        points: worths.filter { $0.size == size }.map {
          Chart.Point(Double($0.epochs) ?? 1, $0.share)
        })
    }.filter { !$0.points.isEmpty }
    let published = stride(from: 1.0, through: 64, by: 1).map {
      Chart.Point($0, Self.published($0))
    }
    return Chart(
      title: "What a byte is worth when its text is repeated",
      x: .init("epochs", scale: .logarithmic),
      y: .init("fresh bytes per byte seen", includesZero: true),
      series: measured.isEmpty
        ? [] : measured + [Chart.Series("published, R* = 15.4", kind: .line, points: published)])
  }
}

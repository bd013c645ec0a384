import Evidence
import NeuralModels
import Reports
import RunRecords

/// Whether throwing bits away helps networks that were trained far too long on little text: those that have something to
/// gain by it, if any have.
struct OverfittedFindings {
  private let results: StudyResults
  private let cells: [StudyCellRecord]
  private let sizes: [String]

  init(_ results: StudyResults) {
    self.results = results
    cells = results.cells(where: ["arm": "overfitted"])
    sizes = results.values(of: "size", in: cells)
  }

  /// Of one size or of all, at the level that is best on the tune part less with all bits.
  private func difference(_ size: String? = nil) -> BootstrapDistribution? {
    let pairs = cells.filter { size == nil || $0.parameter("size") == size }
      .compactMap { cell -> (first: Replicate, second: Replicate)? in
        guard let level = cell.bestLossyLevel,
          let lossy = cell.replicate(level, of: results.plan),
          let whole = cell.replicate(WeightsCell.whole.text, of: results.plan)
        else { return nil }
        return (lossy, whole)
      }
    return results.difference(of: pairs)
  }

  var answers: [StudyAnswer] {
    [StudyAnswer(RateDistortionStudy.lossHelpsOverfitted, difference(), results)]
  }

  var table: ReportTable {
    ReportTable(
      kind: .study, title: "Networks that were trained far too long",
      note:
        "\(NumberFormat.grouped(RateDistortionScale.repeatedBytes)) bytes, \(RateDistortionScale.epochs) times; bits per byte of the "
        + "test part. Levels: the best on the tune part, of each seed.",
      heads: ["size", "float32", "lossy", "difference", "95 % interval", "levels"],
      rows: sizes.map(row))
  }

  private func row(_ size: String) -> [String] {
    let own = cells.filter { $0.parameter("size") == size }
    let levels = own.compactMap(\.bestLossyLevel).reduce(into: [String]()) { all, level in
      if !all.contains(level) { all.append(level) }
    }
    let losses = own.compactMap { cell in
      cell.bestLossyLevel.flatMap { cell.figures[$0 + " test"] }
    }
    let estimate = difference(size)?.estimate()
    return [
      size, NumberFormat.fixed(own.mean(WeightsCell.whole.text + " test"), decimals: 3),
      NumberFormat.fixed(losses.mean, decimals: 3),
      NumberFormat.fixed(estimate?.value, decimals: 4),
      NumberFormat.interval(estimate?.interval, decimals: 4), levels.joined(separator: ", "),
    ]
  }
}

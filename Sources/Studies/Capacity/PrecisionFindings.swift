import BPBCore
import Charts
import Evidence
import NeuralModels
import Reports
import RunRecords

/// What is left of noise known by heart when its network has fewer bits, and what each bit of the weights holds.
struct PrecisionFindings {
  private let results: StudyResults
  /// For each size that which memorised most of all loads, one of each seed.
  private let best: [(size: String, cells: [StudyCellRecord])]

  init(_ results: StudyResults, best: [(size: String, cells: [StudyCellRecord])]) {
    self.results = results
    self.best = best.filter { !$0.cells.isEmpty }
  }

  // MARK: Figures

  private func bits(_ cell: StudyCellRecord, _ level: WeightsLevel) -> Double? {
    cell.figures[CoarseMemory.bytesName(level)].map { 8 * $0 }
  }

  private func memorised(_ cell: StudyCellRecord, _ level: WeightsLevel) -> Double? {
    cell.figures[CoarseMemory.memorisedName(level)]
  }

  /// The share of what whole weights know that is lost at `level`.
  private func lost(_ cell: StudyCellRecord, _ level: WeightsLevel) -> Double? {
    guard let all = memorised(cell, CoarseMemory.whole), all > 0 else { return nil }
    return memorised(cell, level).map { 1 - $0 / all }
  }

  /// Bits known for each bit of the weights.
  private func perBit(_ cell: StudyCellRecord, _ level: WeightsLevel) -> Double? {
    bits(cell, level).flatMap { bits in memorised(cell, level).map { $0 / bits } }
  }

  private static func perParameter(_ value: Double?, _ cell: StudyCellRecord) -> Double? {
    value.flatMap { value in cell.figures["parameters"].map { value / $0 } }
  }

  private func table(_ size: String) -> StudyCellRecord? {
    results.cells(where: ["arm": "table", "size": size]).first
  }

  // MARK: Answers

  var answers: [StudyAnswer] {
    [
      StudyAnswer(
        CapacityStudy.eightBits, Estimate(meanOf: losses(at: CoarseMemory.eight)), results),
      StudyAnswer(
        CapacityStudy.fourBits, Estimate(meanOf: losses(at: CoarseMemory.four)), results),
    ]
  }

  /// For each seed the share that is lost, the mean over sizes.
  private func losses(at level: WeightsLevel) -> [Double] {
    let cells = best.flatMap(\.cells)
    return results.values(of: "seed", in: cells).compactMap { seed in
      cells.filter { $0.parameter("seed") == seed }.compactMap { lost($0, level) }.mean
    }
  }

  // MARK: What is shown

  /// A level in words.
  private static func words(_ level: WeightsLevel) -> String {
    switch level {
    case .float(bits: 23): "float32"
    case .float(bits: 7): "bfloat16"
    case .uniform(let bits): "\(bits) bits"
    default: level.text
    }
  }

  var reportTable: ReportTable {
    let rows = best.flatMap { size, cells in
      CoarseMemory.levels.compactMap { row(size, cells, $0) } + [tableRow(size)].compactMap { $0 }
    }
    return ReportTable(
      kind: .study, title: "What weights of fewer bits still know",
      note:
        "Of each size the load that was memorised best; means over seeds. Bytes: entropy-coded weights, read back, or the table's "
        + "file. Per bit: bits of noise known for each bit of those bytes.",
      heads: ["size", "weights", "bytes", "known", "per parameter", "per bit", "kept"], rows: rows)
  }

  private func row(_ size: String, _ cells: [StudyCellRecord], _ level: WeightsLevel) -> [String]? {
    guard let known = cells.compactMap({ memorised($0, level) }).mean else { return nil }
    return [
      size, Self.words(level), NumberFormat.whole(cells.mean(CoarseMemory.bytesName(level))),
      NumberFormat.whole(known),
      NumberFormat.fixed(
        cells.compactMap { Self.perParameter(memorised($0, level), $0) }.mean, decimals: 2),
      NumberFormat.fixed(cells.compactMap { perBit($0, level) }.mean, decimals: 3),
      NumberFormat.fixed(
        cells.compactMap { lost($0, level) }.mean.map { 100 * (1 - $0) }, decimals: 1) + " %",
    ]
  }

  private func tableRow(_ size: String) -> [String]? {
    guard let cell = table(size), let bits = cell.figures["table_bits"],
      let known = cell.figures["memorised"]
    else { return nil }
    return [
      size, "6-grams", NumberFormat.whole(bits / 8), NumberFormat.whole(known),
      NumberFormat.fixed(Self.perParameter(known, cell), decimals: 2),
      NumberFormat.fixed(known / bits, decimals: 3), "–",
    ]
  }

  var chart: Chart {
    let networks = best.map { size, cells in
      Chart.Series(
        size, kind: .markedLine, points: CoarseMemory.levels.compactMap { point(cells, $0) })
    }
    let tables = Chart.Series(
      "tables of 6-grams", kind: .points,
      points: best.compactMap { size, _ in
        table(size).flatMap { cell in
          cell.figures["table_bits"].flatMap { bits in
            cell.figures["memorised"].map { known in
              Chart.Point(
                Self.perParameter(bits, cell) ?? .nan, known / bits, detail: "as \(size)")
            }
          }
        }
      })
    return Chart(
      title: "Bits of noise known for each bit that is kept",
      subtitle: "Weights of 3 to 32 bits, and tables of n-grams in as many bits as float32 takes.",
      x: .init("bits kept for each parameter", scale: .logarithmic),
      y: .init("bits known per bit kept", better: .high, includesZero: true),
      series: (networks + [tables]).filter { !$0.points.isEmpty })
  }

  private func point(_ cells: [StudyCellRecord], _ level: WeightsLevel) -> Chart.Point? {
    cells.compactMap { Self.perParameter(bits($0, level), $0) }.mean.flatMap { kept in
      cells.compactMap { perBit($0, level) }.mean.map {
        Chart.Point(kept, $0, detail: Self.words(level))
      }
    }
  }

  /// Where each size holds most for its bits.
  var reading: [String] {
    best.compactMap { size, cells in
      let levels = CoarseMemory.levels.compactMap { level in
        cells.compactMap { perBit($0, level) }.mean.map { (level: level, perBit: $0) }
      }
      guard let densest = levels.max(by: { $0.perBit < $1.perBit }) else { return nil }
      let table = table(size).flatMap { cell in
        cell.figures["table_bits"].flatMap { bits in
          cell.figures["memorised"].map {
            ", a table of 6-grams \(NumberFormat.fixed($0 / bits, decimals: 2))"
          }
        }
      }
      return
        "\(size): a bit of the weights holds most at \(Self.words(densest.level)), "
        + "\(NumberFormat.fixed(densest.perBit, decimals: 2)) bits of noise\(table ?? "")."
    }
  }
}

import BPBCore
import Charts
import Evidence
import NeuralModels
import Reports
import RunRecords

/// What the cells of the rate-distortion study say.
struct RateDistortionFindings {
  let results: StudyResults

  init(_ results: StudyResults) { self.results = results }

  var all: StudyFindings {
    var findings = StudyFindings()
    findings.preamble = [
      "Levels and temperatures are chosen on the tune part; the test part is read at each level, and a claim is judged at "
        + "the level chosen. Bits are those of real bytes that were decoded."
    ]
    let weights = WeightsFindings(results)
    let overfitted = OverfittedFindings(results)
    let texts = TextFindings(results)
    findings.tables = (weights.tables + [overfitted.table] + texts.tables).filter {
      !$0.rows.isEmpty
    }
    findings.charts = (weights.charts + texts.charts).filter { !$0.chart.series.isEmpty }
    findings.reading = weights.reading + texts.reading
    findings.answers = weights.answers + overfitted.answers + texts.answers
    return findings
  }
}

/// The curves of weights and tables.
struct WeightsFindings {
  private static let whole = WeightsCell.whole.text
  private static let four = "uniform:bits=4"
  private static let five = "uniform:bits=5"
  private static let noise = "noise:like=[uniform:bits=4]:seed=1"

  private let results: StudyResults
  private let sizes: [String]
  private let multiples: [String]
  private let seeds: [String]

  init(_ results: StudyResults) {
    self.results = results
    let cells = results.cells(where: ["arm": "weights"])
    sizes = results.values(of: "size", in: cells)
    multiples = results.values(of: "multiple", in: cells)
    seeds = results.values(of: "seed", in: cells)
  }

  private func cell(_ size: String, _ multiple: String, _ seed: String) -> StudyCellRecord? {
    results.cells(where: ["arm": "weights", "size": size, "multiple": multiple, "seed": seed]).first
  }

  /// Names of levels with figures, in the order in which they were measured.
  private var levels: [String] { WeightsCell.levels.map(\.text) }

  // MARK: Answers

  private typealias Pick = (StudyCellRecord) -> Replicate?

  private func level(_ name: String) -> Pick {
    { [plan = results.plan] in $0.replicate(name, of: plan) }
  }

  /// The bootstrap of a difference in the test part's blocks over all networks, paired by network and block.
  private func difference(_ first: Pick, minus second: Pick) -> BootstrapDistribution? {
    let pairs = results.cells(where: ["arm": "weights"]).compactMap { cell in
      first(cell).flatMap { one in second(cell).map { (first: one, second: $0) } }
    }
    return results.difference(of: pairs)
  }

  var answers: [StudyAnswer] {
    let best: Pick = { cell in cell.bestLossyLevel.flatMap { cell.replicate($0, of: results.plan) }
    }
    return [
      StudyAnswer(
        RateDistortionStudy.lossHelps, difference(best, minus: level(Self.whole)), results),
      StudyAnswer(RateDistortionStudy.brittle, Estimate(meanOf: brittleness), results),
      StudyAnswer(
        RateDistortionStudy.structure, difference(level(Self.four), minus: level(Self.noise)),
        results),
      StudyAnswer(
        RateDistortionStudy.tables, difference(equalTable, minus: level(Self.five)), results),
    ]
  }

  /// For each size and seed how much more 4 bits cost after the longest training than after the shortest.
  private var brittleness: [Double] {
    guard let short = multiples.first, let long = multiples.last, short != long else { return [] }
    func rise(_ cell: StudyCellRecord?) -> Double? {
      cell.flatMap { cell in
        cell.figures[Self.four + " test"].flatMap { four in
          cell.figures[Self.whole + " test"].map { four - $0 }
        }
      }
    }
    return sizes.flatMap { size in
      seeds.compactMap { seed in
        rise(cell(size, long, seed)).flatMap { long in
          rise(cell(size, short, seed)).map { long - $0 }
        }
      }
    }
  }

  // MARK: Tables of n-grams

  /// A table's setting by name, and its bytes.
  private struct Table {
    var name: String
    var bytes: Double
    var tune: Double
  }

  private var tableCell: StudyCellRecord? { results.cells(where: ["arm": "table"]).first }

  private var ngrams: [Table] {
    guard let cell = tableCell else { return [] }
    return cell.series.keys.sorted().compactMap { name in
      cell.figures[name + " bytes"].flatMap { bytes in
        cell.figures[name + " tune"].map { Table(name: name, bytes: bytes, tune: $0) }
      }
    }
  }

  /// The test losses of the table that is best on the tune part among those of no more bytes than the network at 5 bits.
  private func equalTable(_ cell: StudyCellRecord) -> Replicate? {
    guard let room = cell.figures[Self.five + " bytes"], let tables = tableCell else { return nil }
    return ngrams.filter { $0.bytes <= room }.min { $0.tune < $1.tune }
      .flatMap { tables.replicate($0.name, of: results.plan) }
  }

  // MARK: What is shown

  private func mean(_ figure: String, _ size: String, _ multiple: String) -> Double? {
    seeds.compactMap { cell(size, multiple, $0) }.mean(figure)
  }

  var tables: [ReportTable] {
    guard let multiple = multiples.last else { return [] }
    let rows = levels.map { level -> [String] in
      [level]
        + sizes.flatMap { size -> [String] in
          let bytes = mean(level + " bytes", size, multiple)
          let loss = mean(level + " test", size, multiple)
          return [
            NumberFormat.whole(bytes), NumberFormat.fixed(loss, decimals: 3),
          ]
        }
    }
    return [
      ReportTable(
        kind: .study, title: "Bytes of the weights, and bits per byte of the test part",
        note:
          "Networks that learned from \(multiple) bytes a parameter; means over seeds; noise is a control without bytes.",
        heads: ["level"] + sizes.flatMap { ["\($0): bytes", "bpb"] }, rows: rows)
    ]
  }

  var charts: [ChartEntry] {
    guard let multiple = multiples.last else { return [] }
    let networks = sizes.map { size in
      Chart.Series(
        size, kind: .points,
        points: levels.compactMap { level in
          mean(level + " bytes", size, multiple).flatMap { bytes in
            mean(level + " test", size, multiple).map { Chart.Point(bytes, $0, detail: level) }
          }
        })
    }
    let tables = Chart.Series(
      "n-gram tables", kind: .points,
      points: ngrams.compactMap { table in
        tableCell?.figures[table.name + " test"].map {
          Chart.Point(table.bytes, $0, detail: table.name)
        }
      })
    return [
      ChartEntry(
        name: "weights",
        chart: Chart(
          title: "What a model of fewer bytes pays on new text",
          x: .init("bytes of the model", scale: .logarithmic, unit: .bytes, better: .low),
          y: .init("bits per byte", better: .low),
          series: (networks + [tables]).filter { !$0.points.isEmpty }, marksFront: true))
    ]
  }

  var reading: [String] {
    sizes.compactMap { size in
      guard let multiple = multiples.last, let whole = mean(Self.whole + " test", size, multiple),
        let five = mean(Self.five + " test", size, multiple),
        let bytes = mean(Self.five + " bytes", size, multiple),
        let all = mean(Self.whole + " bytes", size, multiple)
      else { return nil }
      return
        "\(size): \(NumberFormat.grouped(Int(all))) bytes of float32 at \(NumberFormat.fixed(whole, decimals: 3)) bits per byte; at 5 bits a weight "
        + "\(NumberFormat.grouped(Int(bytes))) bytes at \(NumberFormat.fixed(five, decimals: 3))."
    }
  }
}

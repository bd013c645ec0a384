import Charts
import Evidence
import Reports
import RunRecords

/// What the cells of the capacity study say.
struct CapacityFindings {
  private let results: StudyResults
  private let sizes: [String]

  init(_ results: StudyResults) {
    self.results = results
    sizes = results.values(of: "size")
  }

  var all: StudyFindings {
    var findings = StudyFindings()
    findings.preamble = [
      "Noise: uniform random sequences of \(RandomSequences.length) bytes, shown again and again until twice the "
        + "exposures bring less than one per cent. Text: the beginning of the training part, in sequences as long."
    ]
    findings.tables = [noiseTable, precision.reportTable, textTable].filter { !$0.rows.isEmpty }
    findings.charts = [
      ChartEntry(name: "capacity", chart: noiseChart),
      ChartEntry(name: "precision", chart: precision.chart),
      ChartEntry(name: "memory", chart: textChart),
    ].filter { !$0.chart.series.isEmpty }
    findings.reading = reading + precision.reading
    findings.answers = answers
    return findings
  }

  // MARK: Figures

  private func cells(_ arm: String, _ size: String, load: String? = nil) -> [StudyCellRecord] {
    results.cells(where: ["arm": arm, "size": size]).filter {
      load == nil || $0.parameter("load") == load
    }
  }

  private func perParameter(_ cell: StudyCellRecord) -> Double {
    (cell.figures["memorised"] ?? 0) / (cell.figures["parameters"] ?? .infinity)
  }

  /// The most that a network of this size and seed memorised, over all loads.
  private func best(_ size: String, seed: String) -> StudyCellRecord? {
    cells("noise", size).filter { $0.parameter("seed") == seed }
      .max { perParameter($0) < perParameter($1) }
  }

  private var seeds: [String] {
    results.values(of: "seed", in: results.cells(where: ["arm": "noise"]))
  }

  private var precision: PrecisionFindings {
    PrecisionFindings(
      results, best: sizes.map { size in (size, seeds.compactMap { best(size, seed: $0) }) })
  }

  /// For each seed with a figure for every size: the sizes' most memorising cells.
  private var ladders: [[StudyCellRecord]] {
    seeds.map { seed in sizes.compactMap { best($0, seed: seed) } }
      .filter { $0.count == sizes.count && $0.count > 1 }
  }

  /// The slope of the line through (parameters, bits) of least squares.
  private func slope(_ cells: [StudyCellRecord]) -> Double {
    let points = cells.map { ($0.figures["parameters"] ?? 0, $0.figures["memorised"] ?? 0) }
    let count = Double(points.count)
    let (x, y) = (
      points.reduce(0) { $0 + $1.0 } / count, points.reduce(0) { $0 + $1.1 } / count
    )
    return points.reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) }
      / points.reduce(0) { $0 + ($1.0 - x) * ($1.0 - x) }
  }

  private func spread(_ cells: [StudyCellRecord]) -> Double {
    let values = cells.map(perParameter)
    return (values.last! - values.first!) / values.mean!
  }

  /// `figure` at the largest load of text less that at the smallest, for each size and seed.
  private func change(_ figure: (StudyCellRecord) -> Double) -> [Double] {
    sizes.flatMap { size in
      let cells = cells("text", size)
      let loads = results.values(of: "load", in: cells)
      return results.values(of: "seed", in: cells).compactMap { seed -> Double? in
        let ends = [loads.first, loads.last].compactMap { load in
          cells.first { $0.parameter("load") == load && $0.parameter("seed") == seed }
        }
        return loads.count > 1 && ends.count == 2 ? figure(ends[1]) - figure(ends[0]) : nil
      }
    }
  }

  private static func perByte(_ cell: StudyCellRecord) -> Double {
    (cell.figures["memorised"] ?? 0) / (cell.figures["bytes"] ?? .infinity)
  }

  // MARK: What they say

  private var answers: [StudyAnswer] {
    [
      StudyAnswer(CapacityStudy.storage, Estimate(meanOf: ladders.map(slope)), results),
      StudyAnswer(CapacityStudy.proportional, Estimate(meanOf: ladders.map(spread)), results),
    ] + precision.answers + [
      StudyAnswer(
        CapacityStudy.givesWay, Estimate(meanOf: change(Self.perByte)), results),
      StudyAnswer(
        CapacityStudy.generalises, Estimate(meanOf: change { $0.figures["test"] ?? .nan }), results),
    ]
  }

  private var reading: [String] {
    sizes.compactMap { size in
      let best = seeds.compactMap { self.best(size, seed: $0) }
      guard let first = best.first else { return nil }
      let mean = best.reduce(0) { $0 + perParameter($1) } / Double(best.count)
      let converged = best.allSatisfy { $0.figures["converged"] == 1 }
      let table = cells("table", size).first.map {
        " A table of 6-grams in as many bits as its weights take at 32 bits each holds "
          + "\(Self.text(perParameter($0))) for each of them."
      }
      return
        "\(size): \(NumberFormat.grouped(Int(first.figures["parameters"] ?? 0))) parameters know \(Self.text(mean)) bits "
        + "of noise each" + (converged ? "." : ", a lower bound: more training still brought more.")
        + (table ?? "")
    }
  }

  private static func text(_ value: Double) -> String { NumberFormat.fixed(value, decimals: 2) }

  // MARK: Tables

  private var noiseTable: ReportTable {
    let rows = sizes.flatMap { size in
      results.values(of: "load", in: cells("noise", size)).map { load in
        noiseRow(size, load, cells("noise", size, load: load))
      }
    }
    return ReportTable(
      kind: .study, title: "Bits of noise that a network knows by heart",
      note: "Means over seeds; gain: what the last doubling of exposures brought.",
      heads: [
        "size", "parameters", "bits given", "per parameter", "known", "per parameter", "shown",
        "gain",
      ],
      rows: rows)
  }

  private func noiseRow(_ size: String, _ load: String, _ cells: [StudyCellRecord]) -> [String] {
    let given = cells.compactMap { cell in
      cell.figures["bits"].flatMap { bits in cell.figures["parameters"].map { bits / $0 } }
    }
    return [
      size, NumberFormat.whole(cells.mean("parameters")), NumberFormat.whole(cells.mean("bits")),
      NumberFormat.fixed(given.mean, decimals: 2), NumberFormat.whole(cells.mean("memorised")),
      NumberFormat.fixed(cells.map(perParameter).mean, decimals: 2),
      NumberFormat.whole(cells.mean("exposures")),
      NumberFormat.fixed(cells.mean("gain").map { $0 * 100 }, decimals: 1) + " %",
    ]
  }

  private var textTable: ReportTable {
    let rows = sizes.flatMap { size in
      results.values(of: "load", in: cells("text", size)).map { load -> [String] in
        let cells = cells("text", size, load: load)
        let figures = [
          cells.mean("train"), cells.mean("test"), cells.map(Self.perByte).mean,
          cells.map(perParameter).mean,
        ]
        return [size, load, NumberFormat.whole(cells.mean("bytes"))]
          + figures.map { NumberFormat.fixed($0, decimals: 2) }
      }
    }
    return ReportTable(
      kind: .study, title: "Text within and beyond the capacity",
      note:
        "Load: bits of text, at \(CapacityScale.textBitsPerByte) a byte, over \(CapacityScale.published) for each parameter. "
        + "Memorised: sequences that take less than under a network of the same size that learned from all of the training "
        + "part, less what is found alike on the test part.",
      heads: ["size", "load", "bytes", "train", "test", "memorised per byte", "per parameter"],
      rows: rows)
  }

  // MARK: Charts

  private var noiseChart: Chart {
    Chart(
      title: "Bits of random bytes that a network knows by heart",
      subtitle: "Marks: seeds. What is known stops growing where the network is full.",
      x: .init("bits given per parameter"),
      y: .init("bits known per parameter", includesZero: true),
      series: sizes.compactMap { size in
        let points = cells("noise", size).map { cell in
          Chart.Point(
            (cell.figures["bits"] ?? 0) / (cell.figures["parameters"] ?? 1), perParameter(cell),
            detail: cell.cell)
        }
        return points.isEmpty ? nil : .init(size, kind: .points, points: points)
      })
  }

  private var textChart: Chart {
    Chart(
      title: "Test loss and memory as text outgrows the capacity",
      subtitle:
        "Solid: bits per byte of the test part. Dashed: bits memorised per byte learned from.",
      x: .init("bits of text over capacity", scale: .logarithmic), y: .init("bits per byte"),
      series: sizes.flatMap { size in
        [
          line(size, .solid) { $0.figures["test"] ?? .nan }, line(size, .dashed, Self.perByte),
        ].compactMap { $0 }
      })
  }

  private func line(
    _ size: String, _ dash: Chart.Series.Dash, _ value: (StudyCellRecord) -> Double
  ) -> Chart.Series? {
    let points = results.values(of: "load", in: cells("text", size)).compactMap { load in
      Double(load).map { x in
        let values = cells("text", size, load: load).map(value)
        return Chart.Point(x, values.mean ?? .nan)
      }
    }
    return points.isEmpty ? nil : .init(size, kind: .markedLine, points: points, dash: dash)
  }
}

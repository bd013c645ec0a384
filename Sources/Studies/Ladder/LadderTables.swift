import BPBCore
import Charts
import Evidence
import NeuralModels
import Reports
import RunRecords

extension LadderFindings {
  var tables: [ReportTable] { [coderTable, sizeTable, precisionTable] }

  // MARK: Coders

  /// Cells of one coder: of a network all seeds.
  private typealias Group = (coder: String, cells: [StudyCellRecord])

  /// From the longest file to the shortest.
  private var groups: [Group] {
    guard let largest else { return [] }
    var groups: [Group] = []
    for cell in results.cells(where: ["text": "training", "bytes": largest]) {
      if let place = groups.firstIndex(where: { $0.coder == cell.coder }) {
        groups[place].cells.append(cell)
      } else {
        groups.append((cell.coder, [cell]))
      }
    }
    return groups.sorted {
      $0.cells.mean("coded") ?? .infinity > $1.cells.mean("coded") ?? .infinity
    }
  }

  private var coderTable: ReportTable {
    let rows = groups.map { coder, cells -> [String] in
      let accounts = LadderControls.accounts.map {
        NumberFormat.fixed(cells.mean($0), decimals: 3)
      }
      let sizes = ["model", "decoder"].map {
        NumberFormat.fixed(cells.mean($0).map { $0 / 1000 }, decimals: 1)
      }
      let bytes = cells.mean("bytes") ?? 1
      return [SafeText.printable(coder)] + accounts + sizes
        + [
          NumberFormat.fixed(cells.mean("chunked"), decimals: 3),
          NumberFormat.fixed(cells.map(\.seconds).mean.map { $0 * 1e6 / bytes }, decimals: 1),
        ]
    }
    return ReportTable(
      kind: .study,
      title: "Coders on the first \(NumberFormat.whole(largest.flatMap(Double.init))) bytes",
      note:
        "Bits per byte; kB of 1,000 bytes; chunks: 2,048 bytes at a time, each knowing nothing of the others; seconds: of all that "
        + "was measured, learning and decoding too. Networks sent along: means over seeds.",
      heads: [
        "coder", "held-out", "two-part", "prequential", "coded", "model kB", "decoder kB",
        "chunks", "s/MB",
      ], rows: rows)
  }

  // MARK: Sizes and precisions of networks

  private var sizeTable: ReportTable {
    let rows = grid.prefixes.flatMap { bytes in
      let best = grid.bestSize(bytes)?.name
      return grid.sizes(bytes).map { size, cells -> [String] in
        let online = grid.online(bytes).first { $0.parameter("online") == size }
        let total = NumberFormat.fixed(cells.mean("two-part"), decimals: 3)
        return [
          NumberFormat.whole(Double(bytes)), size, NumberFormat.whole(cells.mean("parameters")),
          cells.first?.texts["level"].map(SafeText.printable) ?? "–",
          NumberFormat.whole(cells.mean("model")),
          NumberFormat.fixed(cells.mean("residual"), decimals: 3),
          size == best ? total + "*" : total,
          NumberFormat.fixed(online?.figures["coded"], decimals: 3),
        ]
      }
    }
    return ReportTable(
      kind: .study, title: "Weights and residual against the network's size",
      note: "*: the least of its text. Means over seeds; the precision is the first seed's.",
      heads: [
        "bytes", "size", "parameters", "precision", "weights", "residual", "two-part", "online",
      ], rows: rows)
  }

  private var precisionTable: ReportTable {
    let sizes = largest.map { grid.sizes($0) } ?? []
    let rows = LadderNetwork.levels.map { level in
      [level.text]
        + sizes.map { NumberFormat.fixed($0.cells.mean(level.text + " total"), decimals: 3) }
    }
    return ReportTable(
      kind: .study,
      title: "Weights and residual against the precision of weights",
      note:
        "Bits per byte, the residual reckoned by the first 16 KiB; the best two of a network were tried on all of its text.",
      heads: ["precision"] + sizes.map(\.name), rows: sizes.isEmpty ? [] : rows)
  }

  // MARK: The chart

  var charts: [ChartEntry] {
    let curves = grid.prefixes.map { bytes in
      Chart.Series(
        "\(NumberFormat.whole(Double(bytes))) bytes", kind: .markedLine,
        points: grid.sizes(bytes).compactMap { size, cells in
          cells.mean("parameters").flatMap { parameters in
            cells.mean("two-part").map { Chart.Point(parameters, $0, detail: size) }
          }
        })
    }
    let minima = Chart.Series(
      "least, by the parabola", kind: .points,
      points: grid.prefixes.compactMap { bytes in
        grid.bestParameters(bytes)?.mean.flatMap { parameters in
          grid.bestSize(bytes)?.cells.mean("two-part").map { Chart.Point(parameters, $0) }
        }
      })
    return [
      ChartEntry(
        name: "two-part",
        chart: Chart(
          title: "Weights and residual against the network's size",
          subtitle: "Weights at the precision that makes both together shortest.",
          x: .init("parameters", scale: .logarithmic), y: .init("bits per byte", better: .low),
          series: (curves + [minima]).filter { !$0.points.isEmpty }))
    ]
  }
}

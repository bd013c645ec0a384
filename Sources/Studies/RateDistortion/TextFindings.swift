import BPBCore
import Charts
import Evidence
import Reports
import RunRecords

/// The curves of texts that are coded with losses.
struct TextFindings {
  private let results: StudyResults

  init(_ results: StudyResults) { self.results = results }

  private var texts: [StudyCellRecord] { results.cells(where: ["arm": "text"]) }
  private var sources: [StudyCellRecord] { results.cells(where: ["arm": "source"]) }

  var answers: [StudyAnswer] {
    let savings = texts.compactMap { cell in
      cell.figures["rate_at_5"].flatMap { rate in
        cell.figures["time_sharing_at_5"].map { rate - $0 }
      }
    }
    return [StudyAnswer(RateDistortionStudy.fill, Estimate(meanOf: savings), results)]
  }

  private static func text(_ value: Double?, _ decimals: Int = 3) -> String {
    value.map { NumberFormat.fixed($0, decimals: decimals) } ?? "–"
  }

  // MARK: Tables

  var tables: [ReportTable] { [curve(texts.first, "Text"), bounds].compactMap { $0 } }

  /// All points of the first stretch.
  private func curve(_ cell: StudyCellRecord?, _ what: String) -> ReportTable? {
    guard let cell, let files = cell.series["file_bytes"], let errors = cell.series["errors"],
      let bytes = cell.figures["bytes"], files.count == errors.count
    else { return nil }
    return ReportTable(
      kind: .study, title: "\(what) with losses: files that were decoded",
      note:
        "The first stretch of the test part, \(NumberFormat.grouped(Int(bytes))) bytes; \(TextCell.method) knows the training part.",
      heads: ["bytes of the file", "bits per byte", "wrong bytes", "share"],
      rows: zip(files, errors).map { file, wrong in
        [
          NumberFormat.grouped(Int(file)), Self.text(8 * file / bytes),
          NumberFormat.grouped(Int(wrong)), NumberFormat.percent(wrong / bytes),
        ]
      })
  }

  private var bounds: ReportTable? {
    ReportTable(
      kind: .study, title: "Sources whose entropy is known",
      note: "Bound: C. E. Shannon (1959), from the string's own length under its source.",
      heads: ["source", "lossless", "source", "5 % wrong", "time-sharing", "least above bound"],
      rows: sources.map { cell in
        [
          cell.parameter("source") ?? "", Self.text(cell.figures["lossless"]),
          Self.text(cell.figures["source_rate"]), Self.text(cell.figures["rate_at_5"]),
          Self.text(cell.figures["time_sharing_at_5"]),
          Self.text(cell.figures["below_bound"].map { -$0 }),
        ]
      })
  }

  // MARK: Reading and charts

  var reading: [String] {
    let rates = texts.compactMap { $0.figures["rate_at_5"] }
    let lossless = texts.compactMap { $0.figures["lossless"] }
    guard !rates.isEmpty, rates.count == lossless.count else { return [] }
    let (rate, whole) = (
      rates.reduce(0, +) / Double(rates.count), lossless.reduce(0, +) / Double(lossless.count)
    )
    return [
      "At 5 % of wrong bytes the text takes \(Self.text(rate)) bits per byte instead of \(Self.text(whole)): "
        + "\(NumberFormat.percent(1 - rate / whole)) are saved."
    ] + examples
  }

  /// How the first stretch begins, as it is and as it was decoded.
  private var examples: [String] {
    guard let cell = texts.first, let errors = cell.series["errors"],
      let bytes = cell.figures["bytes"]
    else { return [] }
    func nearest(_ share: Double) -> Int? {
      errors.indices.min { abs(errors[$0] / bytes - share) < abs(errors[$1] / bytes - share) }
    }
    return [0, 0.01, 0.05, 0.2].compactMap { share in
      nearest(share).flatMap { index in
        cell.texts["point=\(index)"].map {
          "\(NumberFormat.percent(errors[index] / bytes)) wrong: “\(SafeText.inLine($0))”"
        }
      }
    }
  }

  var charts: [ChartEntry] {
    let lines =
      texts.prefix(1).compactMap { line($0, "text") }
      + sources.compactMap { line($0, $0.parameter("source") ?? "source") }
    let bounds = sources.compactMap { bound($0) }
    return [
      ChartEntry(
        name: "rate-distortion",
        chart: Chart(
          title: "Bits needed where some bytes may be wrong",
          subtitle: "Solid: files that were decoded. Dashed: Shannon's lower bound.",
          x: .init("share of wrong bytes", better: .low),
          y: .init("bits per byte", better: .low, includesZero: true), series: lines + bounds))
    ]
  }

  private func line(_ cell: StudyCellRecord, _ name: String) -> Chart.Series? {
    guard let rates = cell.series["hull_rate"], let errors = cell.series["hull_errors"] else {
      return nil
    }
    return Chart.Series(
      name, kind: .markedLine, points: zip(errors, rates).map { Chart.Point($0, $1) }, dash: .solid)
  }

  private func bound(_ cell: StudyCellRecord) -> Chart.Series? {
    guard let bound = cell.series["bound"], let errors = cell.series["errors"],
      let bytes = cell.figures["bytes"]
    else { return nil }
    let points = zip(errors, bound).map { ($0 / bytes, $1) }.sorted { $0.0 < $1.0 }
    return Chart.Series(
      cell.parameter("source") ?? "source", kind: .line,
      points: points.map { Chart.Point($0.0, $0.1) }, dash: .dashed)
  }
}

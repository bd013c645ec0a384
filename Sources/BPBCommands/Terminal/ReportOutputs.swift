import BitsPerByte
import Reports
import Studies
import SystemPackage

/// Everywhere that one command's report goes: the text, and the page and charts that were asked for.
/// All of it is opened, or made sure of, before the work begins.
struct ReportOutputs {
  private let options: ReportFileOptions
  private let text: ReportOutput
  private let page: ReportOutput?
  private let svg: ChartDirectory?
  private let vega: ChartDirectory?

  /// - Throws: `inputOutput` when one of them cannot be written to; `usage` when two are one file.
  init(_ options: ReportFileOptions) throws(BPBError) {
    self.options = options
    text = try ReportOutput(path: options.output)
    page = if let html = options.html { try ReportOutput(path: html) } else { nil }
    try Self.checkDistinct(options.output, options.html)
    svg = if let svg = options.svg { try ChartDirectory(svg, extension: "svg") } else { nil }
    vega =
      if let vega = options.vega { try ChartDirectory(vega, extension: "vl.json") } else { nil }
  }

  /// Two reports in one file would leave the last of them.
  private static func checkDistinct(_ text: String?, _ page: String?) throws(BPBError) {
    guard let text, let page, let file = FileIdentity(of: FilePath(argument: text)),
      let other = FileIdentity(of: FilePath(argument: page)), file.isSameFile(as: other)
    else { return }
    throw BPBError(
      .usage, "is to be written, and is named for something else too",
      subject: SafeText.escape(argument: page), advice: "write to another file")
  }

  /// Files that are written to, and so are no inputs.
  var paths: [String?] {
    [options.output, options.html] + (svg?.paths ?? []) + (vega?.paths ?? [])
  }

  /// Writes every form of the report.
  ///
  /// - Throws: `inputOutput`, after which some may be written and some not.
  func write(
    _ comparisons: [Comparison], _ scales: [ScaleReport] = [],
    trainings: [TrainingReport] = [], studies: [StudyReport] = [], _ shown: ReportOptions
  ) throws(BPBError) {
    let answers = Answers(studies)
    let texts =
      (answers.map { [options.format.text(of: $0, width: width)] } ?? [])
      + comparisons.map { text(of: $0, shown) } + scales.map { text(of: $0) }
      + trainings.map { text(of: $0) } + studies.map { text(of: $0) }
    try text.write(texts.joined(separator: options.format == .csv ? "" : "\n"))
    try page?.write(
      ReportPage(shown).render(
        comparisons, scales, trainings, studies.map { StudySections(report: $0, options: shown) },
        cover: answers.map { AnswersSections(answers: $0) }))
    let charts =
      comparisons.map { ComparisonCharts($0, shown).entries }
      + scales.map { ScaleCharts($0).entries }
      + trainings.map { TrainingCharts($0).entries } + studies.map(\.findings.charts)
    for (index, entries) in charts.enumerated() {
      let prefix = charts.count > 1 ? "\(index + 1)-" : ""
      for entry in entries {
        try svg?.write(SVGRenderer().render(entry.chart), named: prefix + entry.name)
        try vega?.write(VegaRenderer().render(entry.chart), named: prefix + entry.name)
      }
    }
  }

  /// Writes what a shard measured.
  ///
  /// - Throws: as for a whole report.
  func write(_ shard: ShardReport) throws(BPBError) {
    try text.write(shard.text(width: width, color: color))
  }

  /// Writes `text` in the report's place.
  ///
  /// - Throws: as for a report.
  func write(_ text: String) throws(BPBError) { try self.text.write(text) }

  private var width: Int { text.isStandardOutput ? Terminal.width : Terminal.defaultWidth }
  private var color: Bool { text.isStandardOutput && Terminal.allowsColor }

  private func text(of comparison: Comparison, _ shown: ReportOptions) -> String {
    options.format.renderer(shown, width: width, color: color).render(comparison)
  }

  private func text(of scale: ScaleReport) -> String {
    options.format.text(of: scale, width: width, color: color)
  }

  private func text(of study: StudyReport) -> String {
    options.format.text(of: study, width: width, color: color)
  }

  private func text(of training: TrainingReport) -> String {
    options.format.text(of: training, width: width, color: color)
  }
}

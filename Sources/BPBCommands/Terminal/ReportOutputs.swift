import BitsPerByte
import Reports
import SystemPackage

/// Everywhere that one command's report goes: the text, and the page and charts that were asked for.
/// All of it is opened, or made sure of, before the work begins.
struct ReportOutputs {
  private let options: OutputOptions
  private let text: ReportOutput
  private let page: ReportOutput?
  private let svg: ChartDirectory?
  private let vega: ChartDirectory?

  /// - Throws: `inputOutput` when one of them cannot be written to; `usage` when two are one file.
  init(_ options: OutputOptions) throws(BPBError) {
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
  func write(_ comparisons: [Comparison]) throws(BPBError) {
    try text.write(options.render(comparisons, toTerminal: text.isStandardOutput))
    try page?.write(ComparisonPage(options.shown).render(comparisons))
    for (index, comparison) in comparisons.enumerated() {
      let prefix = comparisons.count > 1 ? "\(index + 1)-" : ""
      for entry in ComparisonCharts(comparison, options.shown).entries {
        try svg?.write(SVGRenderer().render(entry.chart), named: prefix + entry.name)
        try vega?.write(VegaRenderer().render(entry.chart), named: prefix + entry.name)
      }
    }
  }
}

public import ArgumentParser
public import Reports

extension ReportFormat: ExpressibleByArgument {}
extension ComparisonOrder: ExpressibleByArgument {}

/// How to show what was measured.
struct OutputOptions: ParsableArguments {
  @Option(help: "The form of the report.")
  var format: ReportFormat = .table

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write the report to this file.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Show every file's figures too.")
  var perFile = false

  @Option(help: "The order of the methods.")
  var sort: ComparisonOrder = .bitsPerByte

  @Flag(help: "Leave out speed and memory, so that equal sizes give equal reports.")
  var noSpeed = false

  @Option(
    help: ArgumentHelp(
      "Write a page with charts and tables to this file besides.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var html: String?

  @Option(
    help: ArgumentHelp(
      "Write each chart as NAME.svg into this directory besides.", valueName: "directory"),
    completion: .directory)
  var svg: String?

  @Option(
    help: ArgumentHelp(
      "Write each chart as NAME.vl.json, for Vega-Lite, into this directory besides.",
      valueName: "directory"),
    completion: .directory)
  var vega: String?

  func validate() throws {
    if noSpeed && [.speed, .decode].contains(sort) {
      throw ValidationError("--no-speed leaves out the figures that --sort \(sort) goes by")
    }
  }

  /// What every form of the report shows.
  var shown: ReportOptions {
    ReportOptions(order: sort, perFile: perFile, showsSpeed: !noSpeed)
  }

  /// Text of the report on each of `comparisons`.
  func render(_ comparisons: [Comparison], toTerminal: Bool) -> String {
    let renderer = format.renderer(
      shown, width: toTerminal ? Terminal.width : Terminal.defaultWidth,
      color: toTerminal && Terminal.allowsColor)
    return comparisons.map(renderer.render).joined(separator: format == .csv ? "" : "\n")
  }
}

public import ArgumentParser
public import Reports

extension ReportFormat: ExpressibleByArgument {}

/// The forms of a report, and where they go.
struct ReportFileOptions: ParsableArguments {
  @Option(help: "The form of the report.")
  var format: ReportFormat = .table

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write the report to this file.", valueName: "file"),
    completion: .file())
  var output: String?

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

  /// The first of these options that was given and asks for more than text; nil if none was.
  var firstGiven: String? {
    let given: [(String, Bool)] = [
      ("--format \(format)", format != .table), ("--html", html != nil), ("--svg", svg != nil),
      ("--vega", vega != nil),
    ]
    return given.first { $0.1 }?.0
  }
}

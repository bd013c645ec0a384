import ArgumentParser
import Reports

/// How to show what a scale run measured.
struct ScaleOutputOptions: ParsableArguments {
  @Option(help: "The form of the report.")
  var format: ReportFormat = .table

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write the report to this file.", valueName: "file"),
    completion: .file())
  var output: String?

  /// Text of `reports`.
  func render(_ reports: [ScaleReport], toTerminal: Bool) -> String {
    format.text(of: reports, toTerminal: toTerminal)
  }
}

extension ReportFormat {
  /// Text of `reports` in this form, as wide and coloured as the terminal allows.
  func text(of reports: [ScaleReport], toTerminal: Bool) -> String {
    reports.map {
      text(
        of: $0, width: toTerminal ? Terminal.width : Terminal.defaultWidth,
        color: toTerminal && Terminal.allowsColor)
    }.joined(separator: self == .csv ? "" : "\n")
  }
}

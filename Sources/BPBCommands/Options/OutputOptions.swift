public import ArgumentParser
public import Reports

extension ComparisonOrder: ExpressibleByArgument {}

/// How to show what a comparison measured.
struct OutputOptions: ParsableArguments {
  @OptionGroup var files: ReportFileOptions

  @Flag(help: "Show every file's figures too.")
  var perFile = false

  @Option(help: "The order of the methods.")
  var sort: ComparisonOrder = .bitsPerByte

  @Flag(help: "Leave out speed and memory, so that equal sizes give equal reports.")
  var noSpeed = false

  func validate() throws {
    if noSpeed && [.speed, .decode].contains(sort) {
      throw ValidationError("--no-speed leaves out the figures that --sort \(sort) goes by")
    }
  }

  /// What every form of the report shows.
  var shown: ReportOptions {
    ReportOptions(order: sort, perFile: perFile, showsSpeed: !noSpeed)
  }

  /// The first of these options that was given and shapes a report beyond plain text; nil if none was.
  var firstGiven: String? {
    let given: [(String, Bool)] = [
      ("--per-file", perFile), ("--sort \(sort)", sort != .bitsPerByte), ("--no-speed", noSpeed),
    ]
    return files.firstGiven ?? given.first { $0.1 }?.0
  }
}

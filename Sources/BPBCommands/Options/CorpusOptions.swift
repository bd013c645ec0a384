import ArgumentParser
import BitsPerByte
import SystemPackage

/// What to measure.
struct CorpusOptions: ParsableArguments {
  @Argument(
    help: "Files and directories to measure; '-' is standard input.",
    completion: .file())
  var paths: [String] = []

  @Option(
    help: ArgumentHelp(
      "Measure only files whose path or name matches; may be repeated.", valueName: "glob"))
  var include: [String] = []

  @Option(
    help: ArgumentHelp(
      "Leave out files and directories whose path or name matches; may be repeated.",
      valueName: "glob"))
  var exclude: [String] = []

  func validate() throws {
    if paths.isEmpty {
      throw ValidationError("there is nothing to measure: name a file or a directory")
    }
  }

  /// What to put before the names of inputs to have their paths: they are relative to a directory that
  /// is named alone.
  var prefix: String {
    guard paths.count == 1, (try? FilePath(argument: paths[0]).stat().type) == .directory else {
      return ""
    }
    return SafeText.escape(argument: paths[0])
  }

  /// Walks and hashes the inputs.
  ///
  /// - Parameter own: files of this run (records, reports, baselines), which are not its inputs.
  func corpus(leavingOut own: [String?]) throws(BPBError) -> Corpus {
    try CorpusWalk(include: include, exclude: exclude)
      .corpus(of: paths.map { FilePath(argument: $0) })
      .leavingOut(own.compactMap { $0.map { FilePath(argument: $0) } })
  }
}

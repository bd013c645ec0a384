import ArgumentParser
import BitsPerByte
import Reports
import SystemPackage

/// `bpb records merge`.
struct RecordsMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Joins records files into one, such as those of all shards of a run.",
    discussion: """
      Runs of the same plan become one run, whose report is of all that they measured; others are kept beside \
      each other. Of two measurements of the same, that of the later file counts. The files are left as they \
      are, and the new one appears under its name only when it is whole.
      """)

  @Argument(
    help: ArgumentHelp("Files written with --records.", valueName: "file"),
    completion: .file(extensions: ["jsonl"]))
  var files: [String]

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The file to write, '-' for standard output.", valueName: "file"),
    completion: .file(extensions: ["jsonl"]))
  var output: String

  @Flag(name: [.short, .long], help: "Replace an existing file; write to a terminal.")
  var force = false

  func run() throws {
    if output != "-" { try checkOutput() }
    Interrupt.listen()
    let file = try ByteOutput(path: output, force: force)
    let records = try joined()
    try records.write { bytes throws(BPBError) in try file.write(bytes) }
    try file.commit()
    Terminal.write(summary(of: records))
    RecordsNotices.all(in: records).forEach(Terminal.notice)
  }

  /// - Throws: `usage` when the output is an input too; `inputOutput` when a run is adding to it, whose records
  ///   would be lost.
  private func checkOutput() throws(BPBError) {
    let path = FilePath(argument: output)
    try CorpusOptions.checkRoles(of: [path] + files.map { FilePath(argument: $0) }, written: 1)
    guard RecordsFile.isBeingWritten(path) else { return }
    throw BPBError(
      .inputOutput, "is being written by another run", subject: SafeText.escape(argument: output),
      advice: "wait for it to end, or use another file")
  }

  /// - Throws: what reading a file throws; `noInput` when there is nothing in any of them.
  private func joined() throws(BPBError) -> Records {
    var joined = Records()
    for file in files {
      let name = SafeText.escape(argument: file)
      let records = try RecordsFile.read(FilePath(argument: file))
      records.notices.forEach(Terminal.notice)
      if records.lines.isEmpty { Terminal.notice("\(name): holds no records") }
      if RecordsFile.isBeingWritten(FilePath(argument: file)) {
        Terminal.notice("\(name): is being written by another run; what it adds now is not joined")
      }
      joined.join(records)
    }
    guard !joined.lines.isEmpty else {
      throw BPBError(
        .noInput, "there are no records in the files",
        advice: "measure something with --records first")
    }
    return joined
  }

  private func summary(of records: Records) -> String {
    let measurements = records.lines.count - records.runs.count
    return "joined \(NumberFormat.count(files.count, "file", "files")): "
      + "\(NumberFormat.count(records.runs.count, "plan", "plans")), "
      + NumberFormat.count(measurements, "measurement", "measurements")
  }
}

import ArgumentParser
import BitsPerByte
import Reports
import Studies
import SystemPackage

/// `bpb report`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Makes a report again from a records file, without measuring anything.",
    discussion: """
      One report for each corpus and block policy in the file, with the methods of all its runs, and \
      one for each corpus that 'bpb scale' measured or a network was trained on.
      """)

  @Argument(help: "A file written with --records.", completion: .file(extensions: ["jsonl"]))
  var file: String

  @OptionGroup(title: "Report") var output: OutputOptions

  func run() throws {
    let records = try RecordsFile.read(FilePath(argument: file))
    records.notices.forEach(Terminal.notice)
    guard !records.runs.isEmpty else {
      throw BPBError(
        .noInput, "holds no runs", subject: SafeText.escape(argument: file),
        advice: "measure something with --records first")
    }
    RecordsNotices.missingShards(in: Records().joined(with: records)).forEach(Terminal.notice)
    try ReportOutputs(output.files).write(
      Comparison.all(in: records), ScaleSummary.all(in: records).map { ScaleReport($0) },
      trainings: TrainingReport.all(in: records), studies: StudyReport.all(in: records),
      output.shown)
  }
}

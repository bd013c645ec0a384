public import ArgumentParser
import BitsPerByte
import Reports
public import Studies

extension StudyPreset: ExpressibleByArgument {}

/// `bpb study`.
struct StudyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study",
    abstract: "Puts claims about models to the measurement, on your corpus.",
    discussion: """
      A study has its claims, statistics and margins fixed before it runs, splits the corpus into parts to learn \
      from, to choose on and to test on once, and says supported, not supported or inconclusive: at this scale, on \
      this corpus. With --records a run that was stopped goes on where it was. Ctrl-C prints what is finished.
      """)

  @Argument(
    help: ArgumentHelp(
      "The study: \(Studies.all.map(\.name).joined(separator: ", ")). Not with --all.",
      valueName: "study"))
  var name: String?

  @OptionGroup var inputs: CorpusOptionsOf<StudiedCorpus>

  @Flag(
    help:
      "Run every study, and say what they answer to the claims that are heard about scaling and compression."
  )
  var all = false

  @Option(
    help:
      "How thorough: quick takes a few minutes, standard about twenty, full a night, on two cores.")
  var preset: StudyPreset = .quick

  @Option(help: "What the split, and everything that is drawn, follows from.")
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Begin nothing more after so many seconds.", valueName: "seconds"))
  var maxTime: Int?

  @OptionGroup(title: "Measuring") var running: RunOptions

  @OptionGroup(title: "Report") var output: ReportFileOptions

  @OptionGroup(title: "Networks") var networks: KernelOptions

  func validate() throws {
    if let maxTime, maxTime < 1 { throw ValidationError("--max-time must be at least 1 second") }
    if name == nil && !all { throw ValidationError("name a study, or --all of them") }
    try corpusOptions.validate()
    if corpusOptions.isEmpty {
      throw ValidationError("there is nothing to measure: name a file or a directory")
    }
  }

  func run() async throws {
    let studies = try chosen
    try networks.apply(jobs: running.jobCount)
    let reports = try ReportOutputs(output)
    let setting = try StudySetting(
      corpusOptions, seed: seed, running: running, written: reports.paths, maxTime: maxTime)
    var shown: [StudyReport] = []
    var problems = setting.corpus.problems
    var exitCode: Int32 = 0
    for study in studies where !problems.contains(where: { $0.code == .cancelled }) {
      let (report, result) = try await setting.run(
        setting.plan(study, preset: preset, seed: seed))
      if let report { shown.append(report) }
      problems += result.problems
      if result.exitCode != 0 { exitCode = result.exitCode }
    }
    try reports.write([], studies: shown, ReportOptions())
    for problem in problems { Terminal.complain("error: \(problem)") }
    if exitCode != 0 { throw ExitCode(exitCode) }
  }

  /// The files: with --all, the first word is no study's name but one of them.
  private var corpusOptions: CorpusOptionsOf<StudiedCorpus> {
    var inputs = inputs
    if all, let name { inputs.paths.insert(name, at: 0) }
    return inputs
  }

  private var chosen: [any Study] {
    get throws(BPBError) {
      guard !all, let name else { return Studies.all }
      guard let study = Studies.named(name) else { throw unknown(name) }
      return [study]
    }
  }

  private func unknown(_ name: String) -> BPBError {
    let names = Studies.all.map(\.name)
    return BPBError(
      .usage, "there is no such study", subject: "study '\(SafeText.escape(argument: name))'",
      advice: Suggestion.advice(for: name, among: names)
        ?? "it is one of \(names.joined(separator: ", "))")
  }
}

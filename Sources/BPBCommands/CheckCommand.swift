import ArgumentParser
import BitsPerByte
import Reports
import SystemPackage

/// `bpb check`.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Compares sizes with a committed baseline and fails when they regress.",
    discussion: """
      Methods and block policy come from the baseline unless named. Exit codes: 0 held, 1 a method \
      failed or did not verify, 2 regression, 4 improvement under --strict, 5 no baseline, 6 inputs \
      changed.
      """)

  @OptionGroup var inputs: CorpusOptions
  @OptionGroup(title: "Baseline") var limits: BaselineOptions
  @OptionGroup(title: "Methods") var methods: MethodOptions
  @OptionGroup(title: "Measuring") var measuring: MeasureOptions

  @Option(help: ArgumentHelp("The form of the report.", valueName: "format"))
  var format: CheckFormat = .text

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write the report to this file.", valueName: "file"), completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp("Write JUnit XML to this file besides.", valueName: "file"),
    completion: .file(extensions: ["xml"]))
  var junit: String?

  @Flag(help: "Show every size, not only the worst and what did not hold.")
  var all = false

  func run() async throws {
    Interrupt.listen()
    let table = try methods.table()
    let check = try limits.check(in: table)
    let committed = try Baseline.read(FilePath(argument: limits.baseline))
    let report = try ReportOutput(path: output)
    guard committed != nil || limits.update else {
      return try write(check.outcomeWithoutBaseline(), to: report, junit: try junitOutput())
    }
    let baseline = committed ?? Baseline()
    let junitReport = try junitOutput()
    let result = try await measure(against: baseline, from: table, limits: check.tolerance)
    for problem in result.problems { Terminal.complain("error: \(problem)") }
    if limits.update {
      try update(baseline, with: result, report)
    } else {
      let outcome = check.outcome(of: result.run, cells: result.cells, against: baseline)
      if result.isCancelled { throw ExitCode(result.exitCode) }
      try write(outcome, to: report, junit: junitReport)
    }
    if result.exitCode != 0 { throw ExitCode(result.exitCode) }
  }

  private func measure(
    against baseline: Baseline, from table: MethodTable, limits tolerance: BaselineCheck.Tolerance
  ) async throws -> MeasuringRun.Result {
    let policy = try measuring.policy ?? baseline.policy(of: limits.name).map(BlockPolicy.init)
    let chosen =
      try methods.chosen(from: table)
      ?? baselineMethods(of: baseline, under: policy ?? .perFile, from: table)
    let appender = try measuring.running.appender()
    let corpus = try inputs.corpus(
      leavingOut: [limits.baseline, measuring.running.records, output, junit])
    corpus.notices.forEach(Terminal.notice)
    let methods = chosen ?? DefaultMethods.methods(from: table, byteCount: corpus.byteCount)
    try tolerance.validate(for: methods.map(\.name))
    return try await MeasuringRun(
      measuring, corpus: corpus, methods: methods, policy: policy ?? .perFile, appender: appender
    ).measure()
  }

  /// The baseline's own methods; nil if it has none, as a new one.
  private func baselineMethods(
    of baseline: Baseline, under policy: BlockPolicy, from table: MethodTable
  ) throws(BPBError) -> [Method]? {
    let names = baseline.methods(under: policy.description)
    guard !names.isEmpty else { return nil }
    var specs: [MethodSpec] = []
    for name in names { specs.append(try MethodSpec(parsing: name)) }
    do {
      return try table.distinctMethods(for: specs)
    } catch {
      throw error.about(limits.name)
    }
  }

  private func update(
    _ baseline: Baseline, with result: MeasuringRun.Result, _ report: ReportOutput
  ) throws {
    if result.isCancelled || !result.problems.isEmpty {
      Terminal.complain("error: the baseline is left as it was")
      throw ExitCode(result.exitCode)
    }
    let update = try baseline.updated(with: result.run, cells: result.cells)
    try update.baseline.write(to: FilePath(argument: limits.baseline))
    try report.write(BaselineUpdateRenderer(name: limits.name, showsAll: all).render(update))
  }

  private func junitOutput() throws(BPBError) -> ReportOutput? {
    guard let junit else { return nil }
    return try ReportOutput(path: junit)
  }

  /// Writes the reports and ends with the outcome's exit code unless all held.
  private func write(
    _ outcome: BaselineCheck.Outcome, to report: ReportOutput, junit: ReportOutput?
  ) throws {
    let place = CheckPlace(baseline: limits.name, inputPrefix: inputs.prefix)
    try report.write(format.renderer(at: place, showsAll: all).render(outcome))
    try junit?.write(CheckFormat.junit.renderer(at: place, showsAll: true).render(outcome))
    if outcome.exit.rawValue != 0 { throw ExitCode(outcome.exit.rawValue) }
  }
}

import ArgumentParser
import BitsPerByte
import Reports
import SystemPackage

/// `bpb scale`.
struct ScaleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scale",
    abstract: "Shows how compression improves with data, fits the laws and extrapolates them.",
    discussion: """
      The corpus becomes one stream; each method codes its first D bytes, for D in a geometric series. \
      Models are also frozen after D bytes and measured on a held-out part that they never saw. Every \
      size is of real output that was decoded and compared. Ctrl-C prints what is finished.
      """)

  @OptionGroup var inputs: CorpusOptions
  @OptionGroup(title: "Methods") var methods: MethodOptions
  @OptionGroup(title: "Measuring") var scale: ScaleOptions

  @OptionGroup(title: "Measuring") var sharding: ShardOptions

  @OptionGroup(title: "Report") var output: ReportFileOptions

  /// Seconds that the self-check of one method may take before a run, and the most bytes of a case.
  private static let checkSeconds = 0.05
  private static let checkedBytes = 1 << 17

  @OptionGroup(title: "Networks") var networks: KernelOptions

  func validate() throws {
    try sharding.validate(records: scale.running.records, whole: output.firstGiven)
    if sharding.shard != nil && scale.maxTime != nil {
      throw ValidationError(
        "--shard and --max-time exclude each other: what there is time for, and so the plan, differs between "
          + "machines; --points-per-decade and --windows make it smaller")
    }
  }

  func run() async throws {
    try networks.apply(jobs: scale.running.jobCount)
    let deadline = Deadline(in: scale.maxTime.map(Double.init))
    let isStopped: @Sendable () -> Bool = { Interrupt.endsTask || deadline.hasPassed }
    let table = try methods.table(isCancelled: isStopped)
    let chosen = try methods.chosen(from: table)
    let reports = try ReportOutputs(output)
    let appender = try scale.running.appender()
    let corpus = try inputs.corpus(leavingOut: [scale.running.records] + reports.paths)
    corpus.notices.forEach(Terminal.notice)
    let methods = chosen ?? DefaultMethods.scaleMethods(from: table, byteCount: corpus.byteCount)
    // Only now is there something to finish; until here Ctrl-C just ends the process.
    Interrupt.listen()
    let plan = try scale.plan(
      of: corpus, methods: methods, source: inputs.synthesis.source(),
      selfCheck: SelfCheck(
        methods: methods, secondsEach: Self.checkSeconds, mostBytes: Self.checkedBytes
      ).rows(isCancelled: isStopped))
    if Interrupt.isRequested {
      throw BPBError(.cancelled, "stopped before anything was measured")
    }
    let run = RunRecord(
      corpus: corpus, policy: "scale", methods: methods, scale: plan.record,
      shard: sharding.shard)
    let result = try await ScaleRun(
      plan: plan, run: run, running: scale.running, appender: appender,
      deadline: deadline
    ).measure()
    if let shard = sharding.shard {
      try reports.write(ShardReport(shard, of: plan, run, measured: result.records))
    } else if let summary = ScaleSummary(run: run, in: result.records) {
      try reports.write([], [ScaleReport(summary)], ReportOptions())
    }
    for problem in corpus.problems + result.problems { Terminal.complain("error: \(problem)") }
    if result.exitCode != 0 { throw ExitCode(result.exitCode) }
  }
}

import ArgumentParser
import BitsPerByte
import Reports
import SystemPackage

/// `bpb compare`.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Measures files and directories with several methods and prints a table.",
    discussion: """
      Each file is coded on its own unless --solid or --chunk says otherwise. Every figure is the \
      size of real output that was decoded and compared. Ctrl-C prints what is finished.
      """)

  @OptionGroup var inputs: CorpusOptions
  @OptionGroup(title: "Methods") var methods: MethodOptions
  @OptionGroup(title: "Measuring") var measuring: MeasureOptions
  @OptionGroup(title: "Measuring") var sharding: ShardOptions
  @OptionGroup(title: "Networks") var networks: KernelOptions
  @OptionGroup(title: "Report") var output: OutputOptions

  func validate() throws {
    try sharding.validate(records: measuring.running.records, whole: output.firstGiven)
  }

  func run() async throws {
    let table = try methods.table()
    let chosen = try methods.chosen(from: table)
    let reports = try ReportOutputs(output.files)
    let appender = try measuring.running.appender()
    let corpus = try inputs.corpus(leavingOut: [measuring.running.records] + reports.paths)
    corpus.notices.forEach(Terminal.notice)
    // Only now is there something to finish; until here Ctrl-C just ends the process.
    Interrupt.listen()
    let methods =
      chosen ?? DefaultMethods.methods(from: table, byteCount: corpus.byteCount)
    let whole = Measurement(
      corpus: corpus, methods: methods, policy: measuring.policy ?? .perFile)
    try networks.apply(
      jobs: measuring.jobCount(cells: whole.part(sharding.shard).cells.count))
    let result = try await MeasuringRun(
      measuring, corpus: corpus, methods: methods,
      policy: measuring.policy ?? .perFile, appender: appender, shard: sharding.shard
    ).measure()
    if let shard = sharding.shard {
      try reports.write(ShardReport(shard, of: whole, measured: result))
    } else {
      let comparison = Comparison(run: result.run, cells: result.cells)
      try reports.write([comparison], [], output.shown)
    }
    for problem in result.problems { Terminal.complain("error: \(problem)") }
    if result.exitCode != 0 { throw ExitCode(result.exitCode) }
  }
}

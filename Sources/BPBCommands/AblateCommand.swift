import ArgumentParser
import BitsPerByte
import Reports
import SystemPackage

/// `bpb ablate`.
struct AblateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ablate",
    abstract: "Measures a method without each of its parts in turn: what each is worth.",
    discussion: """
      For those who build models. The corpus is coded by the whole method and once without each line of its \
      table of contexts, weighed contexts, matches and selectors; each size is of real output that was decoded. With \
      --records a run that was stopped goes on.
      """)

  @OptionGroup var inputs: CorpusOptions

  @Option(
    name: [.customShort("m"), .long],
    help: ArgumentHelp("The method, as in mix:max.", valueName: "method"))
  var method = "mix"

  @OptionGroup(title: "Measuring") var measuring: MeasureOptions
  @OptionGroup(title: "Networks") var networks: KernelOptions

  @Option(help: "The form of the report.")
  var format: ReportFormat = .table

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write the report to this file.", valueName: "file"), completion: .file())
  var output: String?

  func run() async throws {
    let (whole, without) = try MethodTable.builtin.ablations(of: MethodSpec(parsing: method))
    let report = try ReportOutput(path: output)
    let appender = try measuring.running.appender()
    let corpus = try inputs.corpus(leavingOut: [measuring.running.records, output])
    corpus.notices.forEach(Terminal.notice)
    Interrupt.listen()
    let methods = [whole] + without.map(\.method)
    let policy = measuring.policy ?? .perFile
    let cells = Measurement(corpus: corpus, methods: methods, policy: policy).cells.count
    try networks.apply(jobs: measuring.jobCount(cells: cells))
    let result = try await MeasuringRun(
      measuring, corpus: corpus, methods: methods, policy: policy, appender: appender
    ).measure()
    let ablation = Ablation(
      Comparison(run: result.run, cells: result.cells),
      parts: Dictionary(without.map { ($0.method.name, $0.part) }) { $1 })
    let isShown = report.isStandardOutput
    try report.write(
      ablation.text(
        format, width: isShown ? Terminal.width : Terminal.defaultWidth,
        color: isShown && Terminal.allowsColor))
    for problem in result.problems { Terminal.complain("error: \(problem)") }
    if result.exitCode != 0 { throw ExitCode(result.exitCode) }
  }
}

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

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write the report to this file.", valueName: "file"),
    completion: .file())
  var output: String?

  func run() async throws {
    let table = try methods.table()
    let chosen = try methods.chosen(from: table)
    let report = try ReportOutput(path: output)
    let appender = try scale.running.appender()
    let corpus = try inputs.corpus(leavingOut: [scale.running.records, output])
    corpus.notices.forEach(Terminal.notice)
    let methods = chosen ?? DefaultMethods.scaleMethods(from: table, byteCount: corpus.byteCount)
    Interrupt.listen()
    let plan = try scale.plan(of: corpus, methods: methods)
    let run = RunRecord(corpus: corpus, policy: "scale", methods: methods, scale: plan.record)
    let result = try await ScaleRun(
      plan: plan, run: run, running: scale.running, appender: appender,
      maxTime: scale.maxTime.map(Double.init)
    ).measure()
    guard let summary = ScaleSummary(run: run, in: result.records) else { return }
    let renderer = ScaleTextRenderer(
      width: report.isStandardOutput ? Terminal.width : Terminal.defaultWidth,
      color: report.isStandardOutput && Terminal.allowsColor)
    try report.write(renderer.render(ScaleReport(summary)))
    for problem in corpus.problems + result.problems { Terminal.complain("error: \(problem)") }
    if result.exitCode != 0 { throw ExitCode(result.exitCode) }
  }
}

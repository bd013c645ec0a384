import ArgumentParser
import BitsPerByte
import Reports
import SystemPackage

/// `bpb eval`.
struct EvalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Measures what trained models pay for files that they did not learn from.",
    discussion: """
      Each file is one stream. Figures are ideal lengths, total bits over total bytes, with intervals; \
      the models are not charged. A file that stands in a model's training data is said to, loudly. \
      Ctrl-C prints what is finished.
      """)

  @Argument(
    help: "The model's file, as 'bpb train' wrote it.", completion: .file(extensions: ["bpbm"]))
  var model: String

  @OptionGroup var inputs: CorpusOptions

  @Option(
    name: [.customShort("m"), .customLong("model")],
    help: ArgumentHelp(
      "Another model, compared with the first on the same blocks; may be repeated.",
      valueName: "file"),
    completion: .file(extensions: ["bpbm"]))
  var others: [String] = []

  @Flag(help: "Count how often the likeliest byte is the true one; takes about as long again.")
  var topOne = false

  @OptionGroup(title: "Measuring") var running: RunOptions
  @OptionGroup(title: "Networks") var networks: KernelOptions
  @OptionGroup(title: "Report") var output: OutputOptions

  func run() async throws {
    try networks.apply(jobs: 1)
    let models = try self.models()
    let reports = try ReportOutputs(output.files)
    let appender = try running.appender()
    let corpus = try inputs.corpus(leavingOut: [running.records] + reports.paths)
    corpus.notices.forEach(Terminal.notice)
    // Only now is there something to finish; until here Ctrl-C just ends the process.
    Interrupt.listen()
    let result = try await EvalRun(
      models: models, corpus: corpus, running: running, guesses: topOne, appender: appender
    ).measure()
    var comparison = Comparison(run: result.run, cells: result.cells)
    comparison.modelNotes = models.flatMap(\.notes)
    try reports.write([comparison], [], output.shown)
    if output.files.format == .csv || output.files.format == .json || output.files.output != nil {
      comparison.warnings.forEach(Terminal.complain)
    }
    for problem in result.problems { Terminal.complain("error: \(problem)") }
    if result.exitCode != 0 { throw ExitCode(result.exitCode) }
  }

  /// Every model once, in the order given.
  private func models() throws(BPBError) -> [EvalRun.Model] {
    var models: [EvalRun.Model] = []
    for word in [model] + others {
      let (name, path) = try Self.place(of: word)
      guard !models.contains(where: { $0.method.name == name }) else { continue }
      models.append(EvalRun.Model(name, try ModelReader.builtin.open(path)))
    }
    return models
  }

  /// The name and the file of a model that may be given as either.
  private static func place(of word: String) throws(BPBError) -> (String, FilePath) {
    var path = word
    if word.hasPrefix(ModelReader.familyName + ":") {
      let spec = try MethodSpec(parsing: word)
      path = spec.value?.text ?? spec.options.first?.value.text ?? ""
    }
    let spec = MethodSpec(name: ModelReader.familyName, value: .init(path))
    return (spec.description, FilePath(argument: path))
  }
}

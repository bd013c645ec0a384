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

  @Option(
    help: ArgumentHelp(
      "New bytes in each window of a transformer, half of its context by default: fewer have more "
        + "context and take more time.", valueName: "bytes"))
  var stride: Int?

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
      let place = try self.place(of: word)
      guard !models.contains(where: { $0.method.name == place.name }) else { continue }
      let model = try ModelReader.builtin.open(place.path)
      do throws(BPBError) {
        models.append(EvalRun.Model(place.name, try model.reading(stride: place.stride)))
      } catch {
        throw error.about(SafeText.escape(argument: place.path.string))
      }
    }
    return models
  }

  /// Where a model is and how it reads, and the method's name for that.
  private struct Place {
    var name: String
    var path: FilePath
    var stride: Int?
  }

  /// The place of a model that may be given as a file or as a method.
  private func place(of word: String) throws(BPBError) -> Place {
    var (path, stride) = (word, stride)
    if word.hasPrefix(ModelReader.familyName + ":") {
      let spec = try MethodSpec(parsing: word)
      path = spec.value?.text ?? spec.options.first { $0.key == "file" }?.value.text ?? ""
      if let own = spec.options.first(where: { $0.key == "stride" }) {
        stride = Int(own.value.text)
      }
    }
    var spec = MethodSpec(name: ModelReader.familyName, value: .init(path))
    if let stride { spec.options = [.init(key: "stride", value: .init("\(stride)"))] }
    return Place(name: spec.description, path: FilePath(argument: path), stride: stride)
  }

  func validate() throws {
    guard let stride, stride < 1 else { return }
    throw ValidationError("--stride takes a number of bytes from 1 on")
  }
}

import ArgumentParser
import BitsPerByte
import SystemPackage

/// `bpb generate`.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Has a model write, which shows what it has kept.",
    discussion: """
      A trained model's file goes on after --prompt. A method that is a model, as ppm or kn:6, first learns from the \
      files named and goes on where they end, or after --prompt. Only new bytes are written.

      The same model, files and options give the same bytes on every machine. On a terminal, what is \
      no text shows as \\xNN; everywhere else the bytes are as they are.
      """)

  @Argument(
    help: "The model's file, as 'bpb train' wrote it, or a method, as in ppm or kn:6.",
    completion: .file(extensions: ["bpbm", "safetensors"]))
  var model: String

  @OptionGroup var inputs: CorpusOptionsOf<FirstLearnedCorpus>

  @OptionGroup(title: "Writing") var writing: WritingOptions

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The file to write, '-' for standard output.", valueName: "file"),
    completion: .file())
  var output: String = "-"

  @Flag(name: [.short, .long], help: "Replace an existing file.")
  var force = false

  @OptionGroup(title: "Networks") var networks: KernelOptions

  func run() throws {
    Interrupt.listen()
    try networks.apply(jobs: 1)
    let method = try ModelOrMethod.method(model)
    let learns = try ModelOrMethod.writer(of: method, byteCount: 0).learns
    try checkText(learns, method)
    let prompt = try writing.promptBytes()
    let output = try TextOutput(path: output, force: force, isRaw: writing.raw)
    let corpus = learns ? try inputs.wholeCorpus(leavingOut: [outputFile]) : nil
    try WritingRun(method: method, corpus: corpus, prompt: prompt, options: writing)
      .write(to: output)
  }

  /// The file that is written; nil for standard output.
  private var outputFile: String? { output == "-" ? nil : output }

  /// A trained model has no use for files, any other knows nothing without.
  private func checkText(_ learns: Bool, _ method: Method) throws(BPBError) {
    guard learns == inputs.isEmpty else { return }
    let subject = "method '\(SafeText.escape(method.name))'"
    throw learns
      ? BPBError(
        .usage, "knows nothing yet", subject: subject,
        advice: "name files that it is to learn from, as in 'bpb generate ppm FILE'")
      : BPBError(
        .usage, "was trained before and learns no more", subject: subject,
        advice: "leave the files out, or have it go on after one with --prompt-file")
  }
}

import ArgumentParser
import BitsPerByte
import Reports
import SystemPackage

/// `bpb train`.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Has a method learn from files and keeps what it learned.",
    discussion: """
      The model is used by 'bpb eval', and as the method model:FILE by every other command. The formats \
      are specified in docs/format.md. The same files, method, version and number of steps give the same \
      model on every machine.

      n-gram models, as ngram:3 or kn:6, are counted in one pass. Networks (transformer, gru, lstm, mlp, or a \
      named size as neural:100k) are trained for --max-time or --steps; the name of a kind alone lets size, \
      batch and learning rate be fitted to the text and the time.
      """)

  @Argument(
    help: "The method, as in ngram:3, kn:6 or transformer.",
    completion: .list(MethodTable.builtin.families.map(\.name)))
  var method: String

  @OptionGroup var inputs: CorpusOptionsOf<LearnedCorpus>

  @Option(
    name: [.short, .long], help: ArgumentHelp("The model to write.", valueName: "file"),
    completion: .file(extensions: ["bpbm", "safetensors"]))
  var output: String

  @Flag(name: [.short, .long], help: "Replace an existing file.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "Keep this share of the corpus, as in 0.1, from the model, and say what it pays for that.",
      valueName: "share"))
  var holdOut: Double?

  @Option(help: "What the held-out part is drawn by, and all that is random in a network.")
  var seed: UInt64 = 1

  @Flag(
    help: "Take over the n-gram model in the one file named, of ARPA format, instead of learning.")
  var fromArpa = false

  @Option(
    help: ArgumentHelp(
      "Write an n-gram model in ARPA format to this file besides.", valueName: "file"),
    completion: .file(extensions: ["arpa"]))
  var arpa: String?

  @Option(help: "The form of the account.")
  var format: MethodsCommand.Format = .text

  @OptionGroup(title: "Networks") var neural: NeuralOptions

  func validate() throws {
    if let holdOut, !(holdOut > 0 && holdOut <= 0.5) {
      throw ValidationError("--hold-out takes a share above 0 and up to 0.5, as in 0.1")
    }
    if fromArpa && holdOut != nil {
      throw ValidationError("--from-arpa learns nothing, so there is nothing to hold out")
    }
    try refuseOneFileForTwo()
  }

  /// What is written at once must be different files.
  private func refuseOneFileForTwo() throws {
    let options = [
      ("--output", output), ("--arpa", arpa), ("--checkpoint", neural.checkpoint),
      ("--log", neural.log),
    ]
    var named: [FilePath: String] = [:]
    for (option, path) in options {
      guard let path else { continue }
      let other = named.updateValue(option, forKey: FilePath(argument: path).lexicallyNormalized())
      if let other { throw ValidationError("\(other) and \(option) name the same file; name two") }
    }
  }

  /// The file of the model.
  ///
  /// - Throws: `usage` for what is no file, as a pipe.
  func modelOutput() throws(BPBError) -> ByteOutput {
    let file = try ByteOutput(path: output, force: force)
    guard file.isFile else {
      throw BPBError(
        .usage, "a model cannot be written there: it is made ready in a file of its own first",
        subject: SafeText.escape(argument: output), advice: "name a file")
    }
    return file
  }

  func run() throws {
    Interrupt.listen()
    if try isNetwork { return try trainNetwork() }
    if let option = neural.firstGiven {
      throw BPBError(
        .usage, "\(option) is for networks, and '\(SafeText.escape(argument: method))' is none",
        advice: "leave it out, or name a network, as in transformer")
    }
    let (method, learning) = try learningMethod()
    try checkText(of: method, learning)
    let file = try modelOutput()
    let text = try arpa.map { path throws(BPBError) in try ByteOutput(path: path, force: force) }
    let corpus = try trainingCorpus()
    let run = TrainingRun(method: method, learning: learning, corpus: corpus)
    let model = fromArpa ? try run.imported() : try run.learned(holdOut: holdOut, seed: seed)
    try model.write(to: file)
    if let text { try model.export(to: text, named: arpa ?? "") }
    let heldOut = try model.heldOutFigures()
    try file.commit()
    try text?.commit()
    let account = TrainingAccount(
      model: model, file: output, fileBytes: file.byteCount, heldOut: heldOut,
      text: text.map { (arpa ?? "", $0.byteCount) })
    let report = try ReportOutput(path: nil)
    switch format {
    case .text: try report.write(account.lines)
    case .json: try report.write(account.json.text + "\n")
    }
  }

  private func learningMethod() throws(BPBError) -> (Method, any LearningMethod) {
    let method = try MethodTable.builtin.method(named: method)
    guard let learning = method.learning else {
      throw BPBError(
        .usage, "learns nothing that could be kept",
        subject: "method '\(SafeText.escape(method.name))'",
        advice: "name a model that learns, as in ngram:3")
    }
    return (method, learning)
  }

  /// Checks before any work that the method speaks ARPA where that is asked for.
  private func checkText(of method: Method, _ learning: any LearningMethod) throws(BPBError) {
    guard arpa != nil && !learning.exportsText || fromArpa && !(learning is any TextImporting)
    else { return }
    throw BPBError(
      .usage, fromArpa ? "reads no ARPA files" : "cannot be written in ARPA format",
      subject: "method '\(SafeText.escape(method.name))'",
      advice: "name a method of n-grams that can, as in kn:6")
  }

  /// What it learns from, all of it.
  func trainingCorpus() throws(BPBError) -> Corpus {
    try inputs.wholeCorpus(leavingOut: [output, arpa, neural.checkpoint, neural.log])
  }
}

extension CorpusOptionsOf {
  /// All of the corpus, or none: a model of fewer files than were named would be another model.
  ///
  /// - Throws: as `corpus(leavingOut:)`; `noInput` when it holds nothing, or when a file of it cannot be read.
  func wholeCorpus(leavingOut own: [String?]) throws(BPBError) -> Corpus {
    let corpus = try corpus(leavingOut: own)
    corpus.notices.forEach(Terminal.notice)
    if let problem = corpus.problems.first { throw problem }
    guard corpus.byteCount > 0 else {
      throw BPBError(
        .noInput, "there is not a byte to learn from", advice: "name files that hold some")
    }
    return corpus
  }
}

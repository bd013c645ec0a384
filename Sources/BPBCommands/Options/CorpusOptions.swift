import ArgumentParser
import BitsPerByte
import SystemPackage

/// What a command does with its files, as its help says it.
protocol CorpusUse {
  static var verb: String { get }
  /// What it does with no others, as a sentence begins.
  static var only: String { get }
  /// Whether it makes sense without any.
  static var isOptional: Bool { get }
}

extension CorpusUse {
  static var isOptional: Bool { false }
}

/// Files that are measured.
enum MeasuredCorpus: CorpusUse {
  static let verb = "measure"
  static let only = "Measure only"
}

/// Files that studies are made on. Which word is the first of them is for the command to say.
enum StudiedCorpus: CorpusUse {
  static let verb = MeasuredCorpus.verb
  static let only = MeasuredCorpus.only
  static let isOptional = true
}

/// Files that a model learns from.
enum LearnedCorpus: CorpusUse {
  static let verb = "learn from"
  static let only = "Learn only from"
}

/// Files that a model may have to learn from before it can do what it is asked to.
enum FirstLearnedCorpus: CorpusUse {
  static let verb = LearnedCorpus.verb
  static let only = LearnedCorpus.only
  static let isOptional = true
}

/// What to measure.
typealias CorpusOptions = CorpusOptionsOf<MeasuredCorpus>

/// Which files a command takes.
struct CorpusOptionsOf<Use: CorpusUse>: ParsableArguments {
  @Argument(
    help: "Files and directories to \(Use.verb); '-' is standard input.",
    completion: .file())
  var paths: [String] = []

  @Option(
    help: ArgumentHelp(
      "\(Use.only) files whose path or name matches; may be repeated.",
      valueName: "glob"))
  var include: [String] = []

  @Option(
    help: ArgumentHelp(
      "Leave out files and directories whose path or name matches; may be repeated.",
      valueName: "glob"))
  var exclude: [String] = []

  @OptionGroup var synthesis: SynthOptions

  func validate() throws {
    if isEmpty && !Use.isOptional {
      throw ValidationError("there is nothing to \(Use.verb): name a file or a directory")
    }
    if !paths.isEmpty && synthesis.synth != nil {
      throw ValidationError("--synth takes the place of files; name one or the other")
    }
  }

  /// Whether nothing was named.
  var isEmpty: Bool { paths.isEmpty && synthesis.synth == nil }

  /// What to put before the names of inputs to have their paths: they are relative to a directory that
  /// is named alone.
  var prefix: String {
    guard paths.count == 1, (try? FilePath(argument: paths[0]).stat().type) == .directory else {
      return ""
    }
    return SafeText.escape(argument: paths[0])
  }

  /// Walks and hashes the inputs.
  ///
  /// - Parameter own: files of this run (records, reports, baselines), which are not its inputs.
  /// - Throws: `usage` when one of them is named as an input too, or as two of them.
  func corpus(leavingOut own: [String?]) throws(BPBError) -> Corpus {
    if let source = try synthesis.source() { return synthesis.corpus(of: source) }
    let own = own.compactMap { $0.map { FilePath(argument: $0) } }
    let inputs = paths.map { FilePath(argument: $0) }
    try Self.checkRoles(of: own + inputs, written: own.count)
    return try CorpusWalk(include: include, exclude: exclude).corpus(of: inputs).leavingOut(own)
  }

  /// Checks that none of the first `written` paths, which this run writes to, is another's file.
  static func checkRoles(of paths: [FilePath], written: Int) throws(BPBError) {
    let files = paths.map { FileIdentity(of: $0) }
    for (index, file) in files.prefix(written).enumerated() {
      let others = files[(index + 1)...].compactMap(\.self)
      guard let file, others.contains(where: { $0.isSameFile(as: file) }) else { continue }
      throw BPBError(
        .usage, "is to be written, and is named for something else too",
        subject: CorpusName.display(of: paths[index]), advice: "write to another file")
    }
  }
}

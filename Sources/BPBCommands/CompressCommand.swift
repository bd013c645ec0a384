import ArgumentParser
import BitsPerByte
import SystemPackage

/// `bpb compress`.
struct CompressCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compress",
    abstract: "Writes a file as .bpb, coded with any method.",
    discussion: "The format is specified in docs/format.md. The input is kept.")

  @Argument(help: "The file to compress; '-' is standard input.", completion: .file())
  var input: String = "-"

  @Option(
    name: [.customShort("m"), .long], help: "The method, as in xz:9e or ngram:5.",
    completion: .list(MethodTable.builtin.families.map(\.name)))
  var method: String = "ngram:5"

  @OptionGroup var destination: DestinationOptions

  func run() throws {
    Interrupt.listen()
    let method = try MethodTable.builtin.method(named: method)
    let path = destination.output ?? (input == "-" ? "-" : input + ".bpb")
    let corpus = try CorpusWalk().corpus(of: [FilePath(argument: input)])
    guard corpus.files.count == 1, let file = corpus.files.first, file.isNamedDirectly(by: input)
    else {
      throw BPBError(
        .noInput, "is a directory", subject: SafeText.escape(argument: input),
        advice: "pack it with tar first")
    }
    let output = try ByteOutput(path: path, force: destination.force)
    do throws(BPBError) {
      try Container.write(
        method, byteCount: file.byteCount,
        from: { sink throws(BPBError) in try file.read(sink) },
        to: { bytes throws(BPBError) in try output.write(bytes) })
      try output.commit()
    } catch {
      throw error.about(SafeText.escape(argument: input))
    }
  }
}

/// Where bytes are written.
struct DestinationOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The file to write, '-' for standard output; default is the input's name with .bpb added "
        + "or taken away.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(name: [.short, .long], help: "Replace an existing file; write to a terminal.")
  var force = false
}

extension CorpusFile {
  /// Whether the file is what `argument` names, not something inside it.
  fileprivate func isNamedDirectly(by argument: String) -> Bool {
    guard case .path(let path, _) = content else { return true }
    return path == FilePath(argument: argument)
      || path == FilePath(argument: argument).lexicallyNormalized()
  }
}

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
  @OptionGroup(title: "Networks") var networks: KernelOptions

  func run() throws {
    Interrupt.listen()
    try networks.apply(jobs: 1)
    let method = try MethodTable.builtin.method(named: method)
    let path = destination.output ?? (input == "-" ? "-" : input + ".bpb")
    let file = try inputFile()
    let output = try ByteOutput(path: path, reading: input, force: destination.force)
    do throws(BPBError) {
      try Container.write(
        method, byteCount: file.byteCount,
        from: { sink throws(BPBError) in
          try file.read { piece throws(BPBError) in
            if Interrupt.isRequested { throw BPBError(.cancelled, "stopped") }
            try sink(piece)
          }
        },
        to: { bytes throws(BPBError) in try output.write(bytes) })
      try output.commit()
    } catch {
      throw error.about(SafeText.escape(argument: input))
    }
  }

  private func inputFile() throws(BPBError) -> CorpusFile {
    let path = FilePath(argument: input)
    let isDirectory = (try? path.stat())?.type == .directory
    guard input == "-" || !isDirectory, let file = try CorpusWalk().corpus(of: [path]).files.first
    else {
      throw BPBError(
        .noInput, "is a directory", subject: SafeText.escape(argument: input),
        advice: "pack it with tar first")
    }
    return file
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

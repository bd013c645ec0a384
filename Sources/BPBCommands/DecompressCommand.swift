import ArgumentParser
import BitsPerByte
import Reports
import SystemPackage

/// `bpb decompress`.
struct DecompressCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decompress",
    abstract: "Gives back the file that a .bpb file was made from.",
    discussion: """
      A file appears under its name only after its checksum was found right. What goes to standard \
      output is checked too, but only at its end: watch the exit code.
      """)

  @Argument(help: "The .bpb file; '-' is standard input.", completion: .file(extensions: ["bpb"]))
  var input: String = "-"

  @OptionGroup var destination: DestinationOptions

  @Option(
    help: ArgumentHelp(
      "Most memory that the file's method may ask for: the name of a method, and so its memory, "
        + "comes from whoever made the file.", valueName: "size"))
  var memoryLimit: String = "1GiB"

  @Option(
    help: ArgumentHelp(
      "Where the trained model is that the file was coded with by model:FILE, if it is not at that place.",
      valueName: "file"),
    completion: .file(extensions: ["bpbm"]))
  var model: String?

  @OptionGroup(title: "Networks") var networks: KernelOptions

  func validate() throws {
    if ByteSize.parse(memoryLimit) == nil {
      throw ValidationError("--memory-limit takes a size as in 4GiB, not '\(memoryLimit)'")
    }
  }

  func run() throws {
    Interrupt.listen()
    try networks.apply(jobs: 1)
    let source = try ByteInput(path: input)
    let output = try ByteOutput(
      path: try outputPath(), reading: input, force: destination.force)
    do throws(BPBError) {
      try Container.read(
        from: { count throws(BPBError) in try source.next(count) },
        method: { name throws(BPBError) in try affordableMethod(named: name) },
        to: { bytes throws(BPBError) in try output.write(bytes) })
      try output.commit()
    } catch {
      throw error.about(source.name)
    }
  }

  private func outputPath() throws(BPBError) -> String {
    if let path = destination.output { return path }
    guard input != "-" else { return "-" }
    guard FilePath(argument: input).extension == "bpb", input.hasSuffix(".bpb") else {
      throw BPBError(
        .usage, "its name does not end in .bpb, so the output has no name",
        subject: SafeText.escape(argument: input), advice: "name the output with -o")
    }
    return String(input.dropLast(4))
  }

  private func affordableMethod(named name: String) throws(BPBError) -> Method {
    let method = try self.method(named: name)
    let needed = method.memory.decoder
    guard let limit = ByteSize.parse(memoryLimit), needed > limit else { return method }
    throw BPBError(
      .methodFailed,
      "its method '\(method.name)' may take \(NumberFormat.bytes(needed)) to decode",
      advice: "if you trust the file, allow that with --memory-limit")
  }

  private func method(named name: String) throws(BPBError) -> Method {
    let spec = try MethodSpec(parsing: name)
    guard spec.name == ModelReader.familyName else {
      return try MethodTable.builtin.method(for: spec)
    }
    if let model, !spec.options.contains(where: { $0.key == "embed" }) {
      // The model may be elsewhere; how it reads is what the file says.
      let stride = spec.options.first { $0.key == "stride" }.flatMap { Int($0.value.text) }
      return try ModelReader.builtin.open(FilePath(argument: model)).reading(stride: stride)
        .asMethod(named: name)
    }
    do throws(BPBError) {
      return try MethodTable.builtin.method(for: spec)
    } catch {
      guard error.code == .noInput else { throw error }
      throw BPBError(
        .noInput, error.problem, subject: error.subject, advice: "say where it is with --model")
    }
  }
}

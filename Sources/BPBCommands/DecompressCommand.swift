import ArgumentParser
import BitsPerByte

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

  func run() throws {
    Interrupt.listen()
    let source = try ByteInput(path: input)
    let output = try ByteOutput(path: try outputPath(), force: destination.force)
    do throws(BPBError) {
      try Container.read(
        from: { count throws(BPBError) in try source.next(count) },
        method: { name throws(BPBError) in try MethodTable.builtin.method(named: name) },
        to: { bytes throws(BPBError) in try output.write(bytes) })
      try output.commit()
    } catch {
      throw error.about(source.name)
    }
  }

  private func outputPath() throws(BPBError) -> String {
    if let path = destination.output { return path }
    guard input != "-" else { return "-" }
    guard input.hasSuffix(".bpb"), input.utf8.count > 4 else {
      throw BPBError(
        .usage, "its name does not end in .bpb, so the output has no name",
        subject: SafeText.escape(argument: input), advice: "name the output with -o")
    }
    return String(input.dropLast(4))
  }
}

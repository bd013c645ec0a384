import ArgumentParser
import BitsPerByte
import Reports

/// `bpb inspect`.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Shows what a .bpb file says of itself, without decoding it.")

  @Argument(help: "The .bpb file; '-' is standard input.", completion: .file(extensions: ["bpb"]))
  var input: String = "-"

  @Option(help: "The form of the description.")
  var format: MethodsCommand.Format = .text

  func run() throws {
    let source = try ByteInput(path: input)
    let header: ContainerHeader
    do throws(BPBError) {
      header = try Container.inspect { count throws(BPBError) in try source.next(count) }
    } catch {
      throw error.about(source.name)
    }
    let report = try ReportOutput(path: nil)
    switch format {
    case .text: try report.write(header.lines)
    case .json: try report.write(header.json.text + "\n")
    }
    if let method = try? MethodTable.builtin.method(named: header.method),
      let warning = header.versionWarning(decodingWith: method)
    {
      Terminal.notice(warning)
    }
  }
}

extension ContainerHeader {
  fileprivate var fileByteCount: Int { size + codedByteCount }

  private var bitsPerByte: Double? {
    CodeLength(kind: .coded, bits: Double(codedByteCount) * 8, byteCount: byteCount).bitsPerByte
  }

  fileprivate var lines: String {
    [
      ("method", SafeText.escape(method)),
      ("version", methodVersion.map { SafeText.escape($0) } ?? "unknown"),
      ("original bytes", NumberFormat.grouped(byteCount)),
      ("coded bytes", NumberFormat.grouped(codedByteCount)),
      ("bits per byte", bitsPerByte.map { NumberFormat.fixed($0, decimals: 4) } ?? "–"),
      ("header bytes", NumberFormat.grouped(size)),
      ("file bytes", NumberFormat.grouped(fileByteCount)),
      ("checksum", SafeText.hex(checksum)),
    ].map { "\($0.0): \($0.1)\n" }.joined()
  }

  fileprivate var json: JSONValue {
    .object([
      ("schema", .integer(1)), ("method", .string(method)), ("version", .optional(methodVersion)),
      ("bytes", .integer(byteCount)), ("coded_bytes", .integer(codedByteCount)),
      ("bits_per_byte", .optional(bitsPerByte)), ("header_bytes", .integer(size)),
      ("file_bytes", .integer(fileByteCount)), ("checksum", .string(SafeText.hex(checksum))),
    ])
  }
}

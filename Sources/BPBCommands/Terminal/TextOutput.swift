import BitsPerByte
import SystemPackage

/// Where a model writes to: bytes as they are, or, on a terminal, text that does it no harm.
final class TextOutput {
  private let output: ByteOutput
  /// Nil where bytes go out as they are.
  private var lines: SafeLines?
  /// Whether it is shown to somebody as it comes.
  let isRead: Bool

  /// - Parameters:
  ///   - path: of the file, or `-` for standard output.
  ///   - force: whether an existing file may be replaced.
  ///   - isRaw: whether even a terminal gets the bytes as they are.
  /// - Throws: as `ByteOutput.init`.
  init(path: String, force: Bool, isRaw: Bool) throws(BPBError) {
    output = try ByteOutput(path: path, force: force || path == "-")
    isRead = path == "-" && Terminal.isTerminal(.standardOutput)
    lines = isRead && !isRaw ? SafeLines() : nil
  }

  /// Writes `bytes`, which may be none.
  ///
  /// - Throws: as `ByteOutput.write`.
  func write(_ bytes: Span<UInt8>) throws(BPBError) {
    guard lines != nil else { return try output.write(bytes) }
    let text = Array((lines?.add(bytes) ?? "").utf8)
    try output.write(text.span)
  }

  /// Ends the text, and puts a whole file under its name.
  ///
  /// - Throws: as `ByteOutput.commit`.
  func commit() throws(BPBError) {
    let rest = Array((lines?.finish() ?? "").utf8)
    if !rest.isEmpty { try output.write(rest.span) }
    try output.commit()
  }
}

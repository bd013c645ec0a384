import ArgumentParser
import BitsPerByte
import Reports

/// Which bytes of a file are shown.
struct ByteRangeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Show these bytes, counted from 0, the last left out, as in 5000..6000 or 1MB..; default is the first 2000 as "
        + "text, and all of them in other forms. Tables are of the whole file in any case.",
      valueName: "from..to"))
  var range: String?

  @Option(help: ArgumentHelp("Show so many bytes from the beginning.", valueName: "size"))
  var bytes: String?

  func validate() throws {
    if range != nil && bytes != nil {
      throw ValidationError("--range and --bytes exclude each other")
    }
    if let bytes, ByteSize.parse(bytes) == nil {
      throw ValidationError("--bytes takes a size as in 10kB, not '\(bytes)'")
    }
    if let range, Self.ends(of: range) == nil {
      throw ValidationError(
        "--range takes two places as in 5000..6000, the first of them before the second, not '\(range)'"
      )
    }
  }

  /// The bytes asked for, of a file of `count`; nil if nothing was asked.
  ///
  /// - Throws: `usage` when the file ends before the first of them.
  func range(in count: Int, name: String) throws(BPBError) -> Range<Int>? {
    if let bytes { return 0..<min(ByteSize.parse(bytes) ?? 0, count) }
    guard let range, let ends = Self.ends(of: range) else { return nil }
    guard ends.from < count else {
      throw BPBError(
        .usage,
        "has \(NumberFormat.grouped(count)) bytes, and the range begins at \(NumberFormat.grouped(ends.from))",
        subject: name, advice: "bytes are counted from 0")
    }
    return ends.from..<min(ends.to ?? count, count)
  }

  /// Both ends; a second one that is not said is the file's end.
  private static func ends(of text: String) -> (from: Int, to: Int?)? {
    guard let dots = text.firstRange(of: "..") else { return nil }
    let (first, second) = (text[..<dots.lowerBound], text[dots.upperBound...])
    guard let from = first.isEmpty ? 0 : ByteSize.parse(String(first)) else { return nil }
    if second.isEmpty { return (from, nil) }
    guard let to = ByteSize.parse(String(second)), from < to else { return nil }
    return (from, to)
  }
}

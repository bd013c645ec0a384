import BPBCore

extension SafeText {
  /// `text` itself if it is safe to print, as all that bpb records is; escaped if a records file was
  /// made by something else.
  package static func printable(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\\") }
    if isPlain { return text }
    if let bytes = unescape(text), escape(bytes: bytes) == text { return text }
    return escape(text)
  }

  /// A text that `escape` made, to be shown in a running line: its ends of lines are `↵`, as `bpb explain` shows them.
  package static func inLine(_ escaped: String) -> String {
    guard let bytes = unescape(escaped) else { return printable(escaped) }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return lines.enumerated().map { place, line in
      let endsInReturn = line.last == UInt8(ascii: "\r") && place < lines.count - 1
      return escape(bytes: endsInReturn ? line.dropLast() : line)
    }.joined(separator: "↵")
  }
}

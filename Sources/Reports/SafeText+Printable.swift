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
}

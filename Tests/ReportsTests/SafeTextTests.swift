import BPBCore
import Testing

@testable import Reports

@Suite struct SafeTextTests {
  /// A text in a running line shows its ends of lines as one sign each, and nothing else than `printable` does.
  @Test(arguments: [
    ("a\nb", "a↵b"), ("a\r\nb\r\n", "a↵b↵"), ("\r", "\\x0d"), ("a\rb\n", "a\\x0db↵"),
    ("\\x0a", "\\\\x0a"), ("\u{1B}[31m\n", "\\x1b[31m↵"), ("", ""),
  ])
  func endsOfLinesAreShown(_ text: String, _ shown: String) {
    #expect(SafeText.inLine(SafeText.escape(text)) == shown)
  }

  /// What no escape made, as a records file by another's hand may hold, is made safe all the same.
  @Test func whatWasNotEscapedIs() {
    #expect(SafeText.inLine("a\\q\n") == "a\\\\q\\x0a")
  }
}

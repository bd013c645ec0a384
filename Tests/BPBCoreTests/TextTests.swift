import BPBCore
import Testing

@Suite struct SafeTextTests {
  @Test(arguments: [
    ("plain.txt", "plain.txt"), ("红楼梦", "红楼梦"), ("a\nb", "a\\x0ab"), ("\u{1B}[31m", "\\x1b[31m"),
    ("back\\slash", "back\\\\slash"), ("\u{202E}rtl", "\\xe2\\x80\\xaertl"), ("tab\t", "tab\\x09"),
  ])
  func unprintableTextIsEscaped(text: String, expected: String) {
    #expect(SafeText.escape(text) == expected)
    #expect(SafeText.unescape(expected) == Array(text.utf8))
  }

  @Test func anyBytesComeBack() {
    let cases: [[UInt8]] = [
      [0xFF], [0xC3], [0xC3, 0x28], [0xE4, 0xB8], [0xE4, 0xB8, 0x41], [0xED, 0xA0, 0x80],
      [0xF8, 0x88, 0x80, 0x80, 0x80], Array(0...255), [0x41, 0x80, 0x42], [0xC0, 0x80],
    ]
    for bytes in cases {
      let text = SafeText.escape(bytes: bytes)
      #expect(SafeText.unescape(text) == bytes)
      #expect(text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 })
    }
  }

  @Test func differentBytesGiveDifferentText() {
    #expect(SafeText.escape("\\x0a") != SafeText.escape("\n"))
    #expect(SafeText.escape(bytes: [0xFF]) != SafeText.escape("\\xff"))
  }

  @Test(arguments: ["\\", "\\x", "\\x1", "\\xzz", "\\q"])
  func textThatWasNotEscapedIsRefused(text: String) {
    #expect(SafeText.unescape(text) == nil)
  }
}

@Suite struct ByteSizeTests {
  @Test(arguments: [
    ("4096", 4096), ("64MiB", 64 << 20), ("1GiB", 1 << 30), ("10MB", 10_000_000), ("3K", 3072),
    ("0", 0), ("7B", 7),
  ])
  func sizesAreRead(text: String, bytes: Int) { #expect(ByteSize.parse(text) == bytes) }

  @Test(arguments: ["", "MiB", "-1", "+1", "1.5MiB", "1 MiB", "99999999999GiB", "0x10"])
  func otherTextIsNot(text: String) { #expect(ByteSize.parse(text) == nil) }

  @Test func exactSpellingsAreReadBack() {
    for bytes in [0, 1, 1023, 1024, 1 << 20, (1 << 20) + 1, 64 << 20, 3 << 30] {
      #expect(ByteSize.parse(ByteSize.exact(bytes)) == bytes)
    }
  }
}

@Suite struct CodeLengthTests {
  @Test func sumsAreBitsOverBytes() {
    let a = CodeLength(kind: .coded, bits: 80, byteCount: 100)
    let b = CodeLength(kind: .coded, bits: 2400, byteCount: 300)
    #expect((a + b).bitsPerByte == 6.2)
    #expect(CodeLength(kind: .coded, bits: 8, byteCount: 0).bitsPerByte == nil)
  }
}

@Suite struct SuggestionTests {
  @Test func theNearestWordIsNamed() {
    let words = ["zlib", "xz", "zstd", "bzip2", "brotli", "ngram"]
    #expect(Suggestion.advice(for: "zldb", among: words) == "did you mean 'zlib'?")
    #expect(Suggestion.advice(for: "ngarm", among: words) == "did you mean 'ngram'?")
    #expect(Suggestion.advice(for: "BZIP2", among: words) == "did you mean 'bzip2'?")
    #expect(Suggestion.advice(for: "completely-else", among: words) == nil)
  }
}

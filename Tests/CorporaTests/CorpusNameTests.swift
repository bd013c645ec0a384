import BPBCore
import Corpora
import SystemPackage
import Testing

struct CorpusNameTests {
  @Test(arguments: [
    ("a.txt", "a.txt"), ("./a.txt", "a.txt"), ("a//b/./c/", "a/b/c"), ("../a", "../a"),
    ("/", "/"), (".", "."), ("-", "./-"), ("=1+1", "./=1+1"), ("@x", "./@x"), ("#x", "./#x"),
    ("~x", "./~x"), ("+x", "./+x"), (" x", "./ x"), ("\u{3000}x", "./\u{3000}x"),
    ("\tx", "\\x09x"), ("a\nb", "a\\x0ab"), ("\u{1B}[2J", "\\x1b[2J"), ("a\\b", "a\\\\b"),
    ("a\u{202E}b", "a\\xe2\\x80\\xaeb"),
  ])
  func namesAreSafeToPrint(path: String, name: String) {
    #expect(CorpusName.display(of: FilePath(path)) == name)
  }

  @Test func hostileNamesAreFoundReadAndToldApart() throws {
    let scratch = Scratch()
    let hostile: [[UInt8]] = [
      Array("a\nb".utf8), Array("\u{1B}]0;x\u{7}".utf8), [0xFF, 0xFE], [0xC3], Array("=1".utf8),
      Array("-rf".utf8), Array("<b>&".utf8), Array("a\\x0ab".utf8),
    ]
    for name in hostile {
      try scratch.file(FilePath(platformString: (name + [0]).map { CChar(bitPattern: $0) }), name)
    }
    let files = try CorpusWalk().corpus(of: [scratch.path]).files
    #expect(
      files.map(\.name) == [
        "\\x1b]0;x\\x07", "./-rf", "<b>&", "./=1", "a\\x0ab", "a\\\\x0ab", "\\xc3", "\\xff\\xfe",
      ])
    for file in files {
      var content: [UInt8] = []
      try file.read { content.append($0) }
      let name = file.name.hasPrefix("./") ? String(file.name.dropFirst(2)) : file.name
      #expect(SafeText.unescape(name) == content)
    }
  }
}

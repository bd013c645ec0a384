import BPBCore
import Corpora
import SystemPackage
import Testing
import _TestSupport

struct CorpusFileTests {
  let scratch = Scratch()

  private func only(_ name: FilePath) throws -> CorpusFile {
    try CorpusWalk().corpus(of: [scratch.path.pushing(name)]).files[0]
  }

  // FIPS 180-4 examples, and a million times the letter a.
  @Test(arguments: [
    ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ])
  func hashesAreSHA256(text: String, times: Int, expected: String) throws {
    let bytes = Array(String(repeating: text, count: times).utf8)
    #expect(CorpusFile(name: "memory", bytes: bytes).sha256 == expected)
    try scratch.file("x", bytes)
    let file = try only("x")
    #expect(file.sha256 == expected)
    #expect(file.byteCount == bytes.count)
  }

  @Test func theCorpusHashIsThatOfSha256sumsOutput() throws {
    try scratch.file("a", "abc")
    try scratch.file("b")
    let corpus = try CorpusWalk().corpus(of: [scratch.path])
    let listing = """
      ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a
      e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b

      """
    #expect(corpus.sha256 == CorpusFile(name: "", bytes: Array(listing.utf8)).sha256)
    #expect(corpus.byteCount == 3)
  }

  @Test(arguments: [1, 7, 1000, 1 << 18])
  func piecesAreTheContent(pieceSize: Int) throws {
    let bytes = SplitMix64.bytes(count: 7000, seed: 1)
    try scratch.file("x", bytes)
    for file in [try only("x"), CorpusFile(name: "memory", bytes: bytes)] {
      var content: [UInt8] = []
      var largest = 0
      try file.read(pieceSize: pieceSize) { piece in
        content.append(piece)
        largest = max(largest, piece.count)
      }
      #expect(content == bytes)
      #expect(largest == min(pieceSize, 7000))
    }
  }

  @Test func whatTheReaderThrowsStopsTheReading() throws {
    try scratch.file("x", SplitMix64.bytes(count: 7000, seed: 1))
    let file = try only("x")
    var pieces = 0
    let error = #expect(throws: BPBError.self) {
      try file.read(pieceSize: 1000) { _ throws(BPBError) in
        pieces += 1
        throw BPBError(.cancelled, "enough")
      }
    }
    #expect(error?.code == .cancelled)
    #expect(pieces == 1)
  }

  @Test(arguments: [0, 3000, 6999, 7001, 900_000])
  func aFileThatChangesItsSizeWhileItIsReadIsAnError(newSize: Int) throws {
    try scratch.file("x", SplitMix64.bytes(count: 7000, seed: 1))
    let file = try only("x")
    let error = #expect(throws: BPBError.self) {
      try file.read(pieceSize: 1000) { _ in scratch.resize("x", to: newSize) }
    }
    #expect(error?.code == .inputOutput)
    #expect(error?.subject == file.name)
    #expect(error?.problem == "changed while it was being read")
  }

  @Test func aFileThatWasReplacedIsAnErrorBeforeTheFirstPiece() throws {
    try scratch.file("x", "before")
    let file = try only("x")
    try scratch.file("y", "behind")
    scratch.replace("x", with: "y")
    #expect(throws: BPBError.self) { try file.read { _ in Issue.record("a piece was handed out") } }
  }

  @Test func aFileThatIsGoneIsNoInput() throws {
    try scratch.file("x", "before")
    let file = try only("x")
    scratch.replace("y", with: "x")
    let error = #expect(throws: BPBError.self) { try file.read { _ in } }
    #expect(error?.code == .noInput)
  }

  @Test(.enabled(if: FilePath("/proc/self/status").exists, "there is no /proc"))
  func aFileThatSaysItIsEmptyAndIsNotIsAnError() {
    #expect(throws: BPBError.self) { try CorpusWalk().corpus(of: ["/proc/self/status"]) }
  }
}

extension FilePath {
  fileprivate var exists: Bool { (try? stat()) != nil }
}

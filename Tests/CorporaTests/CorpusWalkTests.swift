import BPBCore
import Corpora
import SystemPackage
import Testing

struct CorpusWalkTests {
  let scratch = Scratch()

  private func names(
    include: [String] = [], exclude: [String] = [], _ path: FilePath? = nil
  ) throws -> [String] {
    try CorpusWalk(include: include, exclude: exclude)
      .corpus(of: [path ?? scratch.path]).files.map(\.name)
  }

  @Test func filesAreSortedByTheBytesOfTheirWholePaths() throws {
    for name in ["b/x", "a/c", "a-b", "a.txt", "Z", "é", "a/b/c"] as [FilePath] {
      try scratch.file(name)
    }
    #expect(try names() == ["Z", "a-b", "a.txt", "a/b/c", "a/c", "b/x", "é"])
  }

  @Test func hiddenEntriesArePassedOverUnlessNamed() throws {
    try scratch.file(".hidden")
    try scratch.file(".git/config")
    try scratch.file("seen")
    #expect(try names() == ["seen"])
    #expect(try names(scratch.path.appending(".git")) == ["config"])
    let hidden = scratch.path.appending(".hidden")
    #expect(try names(hidden) == [hidden.string])
  }

  @Test func linksAreFollowedOnlyWhenNamed() throws {
    try scratch.file("real/x", "1")
    try scratch.file("walked/own", "2")
    scratch.link("walked/file", to: "../real/x")
    scratch.link("walked/directory", to: "../real")
    let walked = scratch.path.appending("walked")
    let corpus = try CorpusWalk().corpus(of: [walked])
    #expect(corpus.files.map(\.name) == ["own"])
    #expect(corpus.notices == ["directory and 1 more: symbolic links are not followed"])
    #expect(try names(walked.appending("directory")) == ["x"])
    #expect(try CorpusWalk().corpus(of: [walked.appending("file")]).byteCount == 1)
  }

  @Test func loopsThroughLinksEnd() throws {
    try scratch.file("a/x")
    scratch.link("a/up", to: "..")
    scratch.link("self", to: "self")
    #expect(try names() == ["a/x"])
    #expect(throws: BPBError.self) { try names(scratch.path.appending("self")) }
  }

  @Test func aFIFOIsNeverOpened() throws {
    let fifo = scratch.fifo("pipe")
    try scratch.file("x")
    let corpus = try CorpusWalk().corpus(of: [scratch.path])
    #expect(corpus.files.map(\.name) == ["x"])
    #expect(corpus.notices == ["pipe: FIFOs, sockets and devices are not read"])
    let error = #expect(throws: BPBError.self) { try names(fifo) }
    #expect(error?.code == .noInput)
    #expect(error?.subject == fifo.string)
  }

  @Test func devicesAreRefused() {
    #expect(throws: BPBError.self) { try names("/dev/zero") }
  }

  @Test func missingAndEmptyPathsAreNamed() {
    let missing = scratch.path.appending("nowhere\u{1B}[31m")
    let error = #expect(throws: BPBError.self) { try names(missing) }
    #expect(error?.code == .noInput)
    #expect(error?.subject == scratch.path.string + "/nowhere\\x1b[31m")
    #expect(error?.problem == "there is no such file or directory")
    #expect(throws: BPBError.self) { try names(FilePath("")) }
  }

  @Test(.enabled(if: !Scratch.isRoot, "root may read everything"))
  func unreadableEntriesAreProblemsAndTheRestGoesOn() throws {
    try scratch.file("closed/x")
    try scratch.file("secret")
    try scratch.file("open")
    scratch.setPermissions("closed", 0)
    scratch.setPermissions("secret", 0)
    defer { scratch.setPermissions("closed", 0o700) }
    let corpus = try CorpusWalk().corpus(of: [scratch.path])
    #expect(corpus.files.map(\.name) == ["open"])
    #expect(corpus.problems.map(\.subject) == ["closed", "secret"])
    for name in ["closed", "secret"] {
      let error = #expect(throws: BPBError.self) { try names(scratch.path.appending(name)) }
      #expect(error?.code == .noInput)
    }
  }

  @Test func patternsChooseAmongWhatDirectoriesHold() throws {
    for name in ["a.txt", "b.md", "docs/c.txt", "docs/deep/d.md", "build/e.txt"] as [FilePath] {
      try scratch.file(name)
    }
    #expect(try names(include: ["*.txt"]) == ["a.txt", "build/e.txt", "docs/c.txt"])
    #expect(try names(include: ["docs/*"]) == ["docs/c.txt", "docs/deep/d.md"])
    #expect(try names(exclude: ["build/", "deep"]) == ["a.txt", "b.md", "docs/c.txt"])
    #expect(try names(include: ["*.txt"], exclude: ["docs"]) == ["a.txt", "build/e.txt"])
    #expect(try names(include: ["[ab].*"], exclude: ["*.md"]) == ["a.txt"])
    let named = scratch.path.appending("b.md")
    #expect(try names(include: ["*.txt"], exclude: ["b.md"], named) == [named.string])
  }

  @Test func excludedDirectoriesAreNotEntered() throws {
    scratch.directory("skip")
    scratch.fifo("skip/pipe")
    try scratch.file("x")
    let corpus = try CorpusWalk(exclude: ["skip"]).corpus(of: [scratch.path])
    #expect(corpus.notices.isEmpty)
  }

  @Test func whatIsNamedTwiceIsMeasuredOnce() throws {
    let file = try scratch.file("a/x", "1")
    try scratch.file("a/y", "2")
    let directory = scratch.path.appending("a")
    let corpus = try CorpusWalk().corpus(of: [file, directory, directory.appending("."), file])
    #expect(corpus.files.map(\.name) == [file.string, directory.string + "/y"])
    let remark = "named more than once, measured once"
    #expect(
      corpus.notices == [
        "\(file): \(remark)", "\(file) and 1 more: \(remark)", "\(file): \(remark)",
      ])
  }

  @Test func anEmptyDirectoryIsSaidToBeOne() throws {
    let corpus = try CorpusWalk().corpus(of: [scratch.path])
    #expect(corpus.files.isEmpty && corpus.byteCount == 0)
    #expect(corpus.notices == ["\(scratch.path): no files to measure in this directory"])
  }

  @Test func deepDirectoriesAreWalked() throws {
    let deep = FilePath(Array(repeating: "d", count: 200).joined(separator: "/") + "/x")
    try scratch.file(deep, "1")
    #expect(try names() == [deep.string])
  }
}

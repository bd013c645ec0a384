import SystemPackage
import Testing
import _TestSupport

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct HostileInputTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try TemporaryDirectory() }

  private func compare(_ words: String...) throws -> CommandRunner.Outcome {
    let outcome = try CommandRunner.bpb(
      ["compare", "-m", "store,zlib:9,ngram:1", "--no-speed"] + words, in: scratch.path)
    #expect(outcome.endedWell && harm(in: outcome.output + outcome.errors).isEmpty)
    return outcome
  }

  @Test func anEmptyDirectory() throws {
    scratch.makeDirectory("d")
    let outcome = try compare("d")
    outcome.expect(0, saying: "d: no files to measure")
    #expect(outcome.text.hasPrefix("0 files, 0 bytes"))
  }

  @Test(arguments: ["table", "markdown", "csv", "json"])
  func anEmptyFileAndOneByte(format: String) throws {
    try scratch.write([], to: "d/empty")
    try compare("d", "--format", format).expect(0)
    try compare("d", "--format", format, "--solid").expect(0)
    try scratch.write([0], to: "d/one")
    try compare("d", "--format", format).expect(0)
    try compare("d", "--format", format, "--chunk", "1").expect(0)
  }

  @Test(.enabled(if: geteuid() != 0, "root can read everything"))
  func unreadableFiles() throws {
    try scratch.write("secret", to: "d/secret")
    try scratch.write("open", to: "d/open")
    scratch.setPermissions("d/secret", [])
    let outcome = try compare("d")
    outcome.expect(66, saying: "secret: cannot be opened")
    #expect(outcome.text.hasPrefix("1 file, 4 bytes"))
    try compare("d/secret").expect(66, saying: "d/secret")
  }

  @Test func pipesDoNotBlock() throws {
    try scratch.write("x", to: "d/x")
    scratch.makeFIFO("d/pipe")
    let outcome = try compare("d")
    outcome.expect(0, saying: "pipe: FIFOs, sockets and devices are not read")
    #expect(outcome.text.hasPrefix("1 file, 1 byte"))
    for words in [["compare"], ["compress"], ["decompress", "-o", "out"], ["inspect"]] {
      try CommandRunner.bpb(words + ["d/pipe"], in: scratch.path, seconds: 10).expect(66)
    }
    #expect(scratch.names == ["d"])
  }

  @Test func aReportOfAPipeDoesNotBlock() throws {
    scratch.makeFIFO("pipe")
    try CommandRunner.bpb("report", "pipe", in: scratch.path, seconds: 10).expect(66)
  }

  @Test func recordsInAPipeAreRefused() throws {
    try scratch.write("x", to: "x")
    scratch.makeFIFO("pipe")
    try compare("x", "--records", "pipe").expect(74, saying: "pipe: is not a regular file")
  }

  @Test func loopsOfLinksEnd() throws {
    try scratch.write("x", to: "d/sub/x")
    scratch.link("d/sub/up", to: "..")
    scratch.link("d/self", to: "self")
    scratch.link("d/root", to: "/")
    scratch.link("d/gone", to: "nowhere")
    let outcome = try compare("d")
    outcome.expect(0, saying: "symbolic links are not followed")
    #expect(outcome.text.hasPrefix("1 file, 1 byte"))
    try compare("d/self").expect(66, saying: "d/self")
  }

  @Test func depthIsNoProblem() throws {
    let deep = String(repeating: "directory/", count: 300)
    try scratch.write("x", to: FilePath(deep + "x"))
    try compare("directory", "--per-file").expect(0)
  }

  @Test func fiveThousandFiles() throws {
    for index in 0..<5000 {
      let name = FilePath("d/\(index % 70)/\(index)")
      try scratch.write([UInt8(truncatingIfNeeded: index)], to: name)
    }
    let outcome = try CommandRunner.bpb(
      "compare", "d", "-m", "store", "--no-speed", "--per-file", in: scratch.path)
    outcome.expect(0)
    #expect(outcome.text.hasPrefix("5,000 files, 5,000 bytes"))
  }

  @Test func filesThatLieAboutTheirSize() throws {
    guard (try? FilePath("/proc/cpuinfo").stat()) != nil else { return }
    let outcome = try compare("/proc/cpuinfo")
    #expect(outcome.code == 74 || outcome.code == 66, "\(outcome.complaint)")
    #expect(outcome.complaint.contains("/proc/cpuinfo"))
  }

  @Test func theRunsOwnFilesAreNotItsInputs() throws {
    try scratch.write("to be or not to be", to: "d/x")
    let words = ["d", "--records", "d/r.jsonl", "-o", "d/report.txt"]
    for _ in 1...2 {
      try compare(words[0], words[1], words[2], words[3], words[4]).expect(0)
      #expect(try scratch.text("d/report.txt").hasPrefix("1 file, 18 bytes"))
    }
  }

  @Test func whatIsAnInputIsNotWrittenOver() throws {
    try scratch.write("precious", to: "x")
    scratch.link("link", to: "x")
    try compare("x", "-o", "x").expect(64, saying: "x: is to be written")
    try compare("x", "-o", "link").expect(64, saying: "link: is to be written")
    try compare("link", "-o", "./x").expect(64)
    #expect(try scratch.text("x") == "precious")
  }

  @Test func aReportDoesNotReplaceTheRecords() throws {
    try scratch.write("x", to: "x")
    try compare("x", "--records", "r").expect(0)
    let records = try scratch.read("r")
    try compare("x", "--records", "r", "-o", "r").expect(64, saying: "r: is to be written")
    #expect(try scratch.read("r") == records)
  }
}

import SystemPackage
import Testing
import _TestSupport

@Suite struct FullDiskTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try smallCorpus() }

  #if os(Linux)
  @Test func aReportThatCannotBeWrittenIsSaid() throws {
    let words = ["compare", "corpus", "-m", "store", "--no-speed"]
    try CommandRunner.bpb(words + ["-o", "/dev/full"], in: scratch.path)
      .expect(74, saying: "/dev/full: the report cannot be written: No space left")
    let run = try RunningCommand(
      ["/bin/sh", "-c", "exec \"$0\" \"$@\" >/dev/full", CommandRunner.bpb.string] + words,
      in: scratch.path)
    try run.wait().expect(74, saying: "standard output: the report cannot be written")
  }

  @Test func bytesThatCannotBeWrittenAreSaid() throws {
    try CommandRunner.bpb(
      "compress", "corpus/a.txt", "-o", "/dev/full", "--force", in: scratch.path
    )
    .expect(74, saying: "/dev/full: cannot be written: No space left")
    #expect((try FilePath("/dev/full").stat()).type == .characterSpecial)
  }
  #endif

  @Test func anOutputIsOpenedBeforeTheWork() throws {
    let clock = ContinuousClock.now
    let outcome = try CommandRunner.bpb(
      "compare", "corpus", "-o", "none/report", "--command", "slow=sleep 600; cat", in: scratch.path
    )
    outcome.expect(74, saying: "none/report: cannot be opened for writing")
    #expect(clock.duration(to: .now) < .seconds(60))
  }

  /// A limit on the size of files stands for a disk that fills up: 8 blocks are room for some records.
  @Test func recordsThatNoLongerFitEndTheRun() throws {
    let words = ["compare", "corpus", "--records", "r.jsonl", "--no-speed", "-m"]
    let methods = "store,zlib:1,zlib:2,zlib:3,zlib:4,zlib:5,zlib:6,ngram:0"
    let full = try CommandRunner.bpb(words + [methods], in: scratch.path, shell: "ulimit -f 8")
    full.expect(74, saying: "r.jsonl: a record cannot be written")
    #expect(full.text.contains("of 24 measurements"), "what is finished is printed")
    let kept = try scratch.read("r.jsonl")
    #expect(kept.last == UInt8(ascii: "\n") && kept.count <= 4096)
    // With room the run goes on where it stopped, and comes out as one that never stopped.
    let resumed = try CommandRunner.bpb(words + [methods], in: scratch.path)
    resumed.expect(0, saying: "cells taken from the records")
    #expect(try scratch.read("r.jsonl").starts(with: kept))
    let whole = try CommandRunner.bpb(
      "compare", "corpus", "--no-speed", "-m", methods, in: scratch.path)
    #expect(resumed.output == whole.output)
  }

  @Test func aFullDiskLeavesNoPartialFile() throws {
    try scratch.write(SplitMix64.bytes(count: 50_000, seed: 1), to: "big")
    let outcome = try CommandRunner.bpb(
      "compress", "big", "-m", "store", in: scratch.path, shell: "ulimit -f 8")
    outcome.expect(74, saying: "big.bpb: cannot be written")
    #expect(scratch.names == ["big", "corpus"])
  }
}

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

@Suite struct KillTests {
  /// How often a run is killed; `Tools/test-long.sh` asks for more.
  private static let kills = getenv("BPB_KILLS").flatMap { Int(String(cString: $0)) } ?? 6

  private let scratch: TemporaryDirectory
  private let words = [
    "compare", "d", "--no-speed", "--per-file", "-m", "ngram:1,zlib:6,ngram:3,store",
  ]

  init() throws {
    scratch = try TemporaryDirectory()
    for index in 0..<40 {
      try scratch.write(
        SplitMix64.bytes(count: 700, seed: UInt64(index)), to: FilePath("d/\(index)"))
    }
  }

  @Test func killsLoseNothingThatWasRecorded() throws {
    let start = ContinuousClock.now
    let whole = try CommandRunner.bpb(words, in: scratch.path)
    let duration = start.duration(to: .now)
    whole.expect(0)
    var generator = SplitMix64(seed: 7)
    var kills = 0
    while kills < Self.kills {
      let moment = Double.random(in: 0...1, using: &generator) * (duration / .milliseconds(1))
      if try runUntil(moment, expecting: whole.output) { kills += 1 }
    }
    let resumed = try CommandRunner.bpb(words + ["--records", "r"], in: scratch.path)
    resumed.expect(0)
    #expect(resumed.output == whole.output)
    let report = try CommandRunner.bpb(
      "report", "r", "--no-speed", "--per-file", in: scratch.path)
    #expect(report.output == whole.output)
  }

  /// Runs on, and kills the run after so many milliseconds; if it ended before that, its records are
  /// taken away, so that the next one begins again.
  ///
  /// - Returns: whether it was killed.
  private func runUntil(_ moment: Double, expecting output: [UInt8]) throws -> Bool {
    let before = wholeLines
    let run = try RunningCommand(
      [CommandRunner.bpb.string] + words + ["--records", "r"], in: scratch.path)
    RunningCommand.pause(milliseconds: Int(moment))
    run.send(SIGKILL)
    let outcome = try run.wait()
    #expect(wholeLines.starts(with: before), "what was recorded is there, byte for byte")
    guard outcome.code == 0 else {
      try checkReport()
      return true
    }
    #expect(outcome.output == output)
    try scratch.write([], to: "r")
    return false
  }

  /// The records up to their last line end.
  private var wholeLines: ArraySlice<UInt8> {
    let records = (try? scratch.read("r")) ?? []
    return records[..<((records.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1)]
  }

  /// Records that may end anywhere make a report of every cell in them.
  private func checkReport() throws {
    let lines = wholeLines.split(separator: UInt8(ascii: "\n"))
    guard !lines.isEmpty else { return }
    let report = try CommandRunner.bpb("report", "r", "--no-speed", in: scratch.path)
    report.expect(0)
    let cells = lines.count { $0.starts(with: "{\"blocks\":".utf8) }
    #expect(report.text.contains(" \(cells) of 160 measurements"), "\(report.text)")
  }
}

@Suite struct InterruptTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try smallCorpus() }

  /// Starts `bpb`, sends `signal` once there is a file that `begins` looks for, and waits for the end.
  private func interrupt(
    _ words: [String], with signal: Int32 = SIGINT, once begins: () -> Bool
  ) throws -> CommandRunner.Outcome {
    let run = try RunningCommand([CommandRunner.bpb.string] + words, in: scratch.path)
    while !begins() && run.isRunning { RunningCommand.pause(milliseconds: 2) }
    run.send(signal)
    return try run.wait(seconds: 10)
  }

  private var hasPartialFile: Bool { scratch.names.contains { $0.hasSuffix(".partial") } }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func compareprintsWhatIsFinished(signal: Int32) throws {
    let marker = scratch.path.appending("pid")
    let outcome = try interrupt(
      [
        "compare", "corpus/sub", "corpus", "-j", "1", "--no-speed", "--records", "r", "-m", "store",
        "--command", "slow=sh -c 'cat; test -s raw || exit 0; echo $$ > \(marker); sleep 60'; cat",
      ], with: signal
    ) { (try? scratch.read("pid").last) == UInt8(ascii: "\n") }
    outcome.expect(130, saying: "stopped before everything was measured")
    #expect(
      outcome.complaint.split(separator: "\n").count == 1 || outcome.complaint.contains("note:"))
    #expect(outcome.text.contains("Total: 2 methods"))
    let child = try #require(Int32(try scratch.text("pid").dropLast()))
    #expect(kill(child, 0) != 0, "the command is still there")
    #expect(try scratch.text("r").hasSuffix("}\n"))
  }

  @Test func thereIsOneSentenceForAStop() throws {
    for index in 0..<50 { try scratch.write("x", to: FilePath("many/\(index)")) }
    let marker = scratch.path.appending("started")
    let outcome = try interrupt(
      ["compare", "many", "--no-speed", "--command", "slow=sh -c 'touch \(marker); sleep 60'; cat"]
    ) { scratch.has("started") }
    outcome.expect(130)
    #expect(outcome.complaint.split(separator: "\n").count == 1, "\(outcome.complaint)")
  }

  @Test func anInterruptThatWasIgnoredStaysSo() throws {
    let command = "slow=sh -c 'touch \(scratch.path)/started; sleep 1; cat'; cat"
    let run = try RunningCommand(
      [CommandRunner.bpb.string, "compare", "corpus", "--command", command],
      in: scratch.path, shell: "trap '' INT")
    while !scratch.has("started") && run.isRunning { RunningCommand.pause(milliseconds: 2) }
    run.send(SIGINT)
    try run.wait().expect(0)
  }

  @Test func compressLeavesNothingBehind() throws {
    scratch.resize(try scratch.write("x", to: "big"), to: 20_000_000)
    let outcome = try interrupt(["compress", "big", "-m", "ngram:5"]) { hasPartialFile }
    outcome.expect(130, saying: "stopped")
    #expect(scratch.names == ["big", "corpus"])
  }

  @Test func decompressLeavesNothingBehind() throws {
    scratch.resize(try scratch.write("x", to: "big"), to: 600_000)
    try CommandRunner.bpb("compress", "big", "-m", "ngram:4", in: scratch.path).expect(0)
    let outcome = try interrupt(["decompress", "big.bpb", "-o", "out"]) { hasPartialFile }
    outcome.expect(130, saying: "stopped")
    #expect(scratch.names == ["big", "big.bpb", "corpus"])
  }
}

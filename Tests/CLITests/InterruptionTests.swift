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
  static let kills = environment("BPB_KILLS").flatMap { Int($0) } ?? 6

  @Test func killsLoseNothingThatWasRecorded() throws {
    let scratch = try TemporaryDirectory()
    for index in 0..<40 {
      try scratch.write(
        SplitMix64.bytes(count: 700, seed: UInt64(index)), to: FilePath("d/\(index)"))
    }
    let words = ["compare", "d", "--no-speed", "--per-file", "-m", "ngram:1,zlib:6,ngram:3,store"]
    let whole = try CommandRunner.bpb(words, in: scratch.path)
    whole.expect(0)
    var generator = SplitMix64(seed: 7)
    var known = "", seen: [UInt8] = [], kills = 0
    while kills < Self.kills {
      let run = try RunningCommand(
        [CommandRunner.bpb.string] + words + ["--records", "r"], in: scratch.path)
      RunningCommand.pause(milliseconds: .random(in: 1...250, using: &generator))
      run.send(SIGKILL)
      let outcome = try run.wait()
      kills += 1
      // What was recorded whole is there still, byte for byte.
      let records = (try? scratch.read("r")) ?? []
      #expect(records.starts(with: seen))
      seen = Array(records[..<((records.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1)])
      if outcome.code == 0 {
        #expect(outcome.output == whole.output)
        try scratch.write([], to: "r")
        seen = []
      }
      if !seen.isEmpty { known = try self.known(in: scratch) }
    }
    #expect(Self.kills > 6 || !known.isEmpty)
    let resumed = try CommandRunner.bpb(words + ["--records", "r"], in: scratch.path)
    resumed.expect(0)
    #expect(resumed.output == whole.output)
    let report = try CommandRunner.bpb(
      "report", "r", "--no-speed", "--per-file", in: scratch.path)
    #expect(report.output == whole.output)
  }

  /// What `report` makes of records that may end anywhere.
  private func known(in scratch: TemporaryDirectory) throws -> String {
    let report = try CommandRunner.bpb("report", "r", "--no-speed", in: scratch.path)
    report.expect(0)
    return report.text
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
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
    let run = try RunningCommand(
      [CommandRunner.bpb.string, "compare", "corpus", "--command", "slow=sleep 1; cat"],
      in: scratch.path, shell: "trap '' INT")
    RunningCommand.pause(milliseconds: 500)
    run.send(SIGINT)
    try run.wait().expect(1)
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

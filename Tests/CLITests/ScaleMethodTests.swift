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

/// `bpb scale` and `bpb selfcheck` with methods that fail, hang and cheat.
@Suite struct ScaleMethodTests {
  private let scratch: TemporaryDirectory

  init() throws {
    scratch = try TemporaryDirectory()
    try scratch.write(prose(3000), to: "a")
  }

  /// Coded elsewhere: a name stands for the bytes.
  private var cheat: String {
    let side = scratch.makeDirectory("side")
    return
      "cheat=sh -c 'f=$(mktemp \(side)/XXXXXX); cat > $f; basename $f'; sh -c 'cat \(side)/$(cat)'"
  }

  /// Takes its time once it is given all of the corpus, which self-checks never are.
  private func slow(_ seconds: Int) -> String {
    let marker = scratch.path.appending("started")
    return
      "slow=sh -c 'cat > t; test $(wc -c < t) = 3000 && touch \(marker) && sleep \(seconds); cat t'; cat"
  }

  private func scale(_ words: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(["scale", "a"] + words, in: scratch.path)
  }

  @Test func anExternalCommandIsAMethodLikeOthers() throws {
    let outcome = try scale("--command", "cp=cat; cat", "--windows", "1")
    outcome.expect(0)
    #expect(outcome.text.contains("3,000  8.000\n"))
  }

  @Test func whatFailsHasASentenceAndOthersTheirFigures() throws {
    let outcome = try scale(
      "-m", "store", "--command", "flip=cat; tr a b", "--command", "drop=cat; head -c 100",
      "--command", "dies=sh -c \"echo no luck >&2; exit 3\"; cat", "--windows", "1")
    outcome.expect(1)
    let text = outcome.text.split { $0 == "\n" || $0 == " " }.joined(separator: " ")
    #expect(text.contains("flip failed: ") && text.contains("drop failed: did not verify"))
    #expect(
      text.contains(
        "dies failed: method 'dies': the encode command failed with exit status 3: no luck"))
    #expect(outcome.text.contains("    D  store\n") && outcome.text.contains("3,000  8.000\n"))
    #expect(text.contains("There are no verdicts, as the self-check failed: flip: uniform bytes"))
  }

  @Test func selfCheckPassesAndNamesWhatDoesNot() throws {
    let good = try CommandRunner.bpb("selfcheck", "--command", "cp=cat; cat", in: scratch.path)
    good.expect(0)
    #expect(good.text.hasSuffix("All 10 cases hold.\n") && !good.text.contains("FAILED"))
    let bad = try CommandRunner.bpb(
      "selfcheck", "--command", cheat, "--command", "drop=cat; head -c 1000", in: scratch.path)
    bad.expect(1)
    let failed = bad.text.split(separator: "\n").filter { $0.hasPrefix("FAILED") }
    #expect(failed.count == 4 && failed.prefix(2).allSatisfy { $0.contains("  cheat: ") })
    #expect(bad.text.contains("\n        drop: did not verify\n"))
    #expect(bad.text.hasSuffix("4 of 13 cases do not hold.\n"))
  }

  /// Its figures are wonderful, and every byte comes back.
  @Test func aMethodWithASideFileGetsNoVerdict() throws {
    let outcome = try scale("--command", cheat, "--windows", "1")
    outcome.expect(0)
    #expect(outcome.text.contains("3,000  0.019\n"))
    let text = outcome.text.split { $0 == "\n" || $0 == " " }.joined(separator: " ")
    #expect(
      text.contains(
        "There are no verdicts, as the self-check failed: cheat: uniform bytes take 8 bits each"))
  }

  @Test func timeThatIsUpEndsASlowCommand() throws {
    let start = ContinuousClock.now
    let outcome = try scale("--command", "slow=sleep 600; cat", "--max-time", "1", "--windows", "1")
    outcome.expect(0, saying: "the time was up before everything was measured")
    #expect(start.duration(to: .now) < .seconds(100))
    #expect(outcome.text.contains("slow: not measured."))
    #expect(outcome.text.contains("There are no verdicts, as the self-check was not made."))
    #expect(try scale("-m", "store", "--max-time", "9223372036854775807").code == 0)
  }

  /// Starts a run and interrupts it once `begins`.
  private func interrupt(
    _ words: [String], with signal: Int32 = SIGINT, once begins: () -> Bool
  ) throws -> CommandRunner.Outcome {
    let run = try RunningCommand(
      [CommandRunner.bpb.string, "scale", "a"] + words, in: scratch.path)
    while !begins() && run.isRunning { RunningCommand.pause(milliseconds: 2) }
    run.send(signal)
    return try run.wait(seconds: 60)
  }

  @Test func interruptedItPrintsWhatIsFinished() throws {
    let words = [
      "-j", "2", "-m", "store", "--windows", "1", "--records", "r", "--command", slow(60),
    ]
    let outcome = try interrupt(words) {
      scratch.has("started")
        && (try? scratch.text("r"))?.matches(of: #/"method":"store"/#).count == 3
    }
    outcome.expect(130, saying: "stopped before everything was measured")
    #expect(outcome.complaint.contains("with --records the same command goes on where it stopped"))
    #expect(outcome.text.contains("3,000  8.000"))
    #expect(try scratch.text("r").hasSuffix("}\n"))
  }

  @Test func interruptedInTheSelfCheckItHasNothingToPrint() throws {
    let marker = scratch.path.appending("checked")
    let outcome = try interrupt(["--command", "slow=sh -c 'touch \(marker); sleep 60'; cat"]) {
      scratch.has("checked")
    }
    outcome.expect(130, saying: "stopped before anything was measured")
    #expect(outcome.output.isEmpty)
  }

  @Test func aKilledRunGoesOnWhereItWas() throws {
    let words = ["-m", "zlib:6", "--command", "cp=sh -c \"sleep 0.02; cat\"; cat", "-j", "1"]
    let whole = try CommandRunner.bpb(["scale", "a"] + words, in: scratch.path)
    whole.expect(0)
    _ = try interrupt(words + ["--records", "r"], with: SIGKILL) {
      (try? scratch.text("r"))?.contains("\"type\":\"prefix\"") == true
    }
    let kept = try scratch.read("r")
    let wholeLines = kept[..<(kept.lastIndex(of: 10)! + 1)]
    let resumed = try scale(words[0], words[1], words[2], words[3], "--records", "r")
    resumed.expect(0, saying: "jobs taken from the records")
    #expect(resumed.output == whole.output)
    #expect(try scratch.read("r").starts(with: wholeLines))
    #expect(try CommandRunner.bpb("report", "r", in: scratch.path).output == whole.output)
  }
}

/// What the claims about codecs are worth: on a source that is the same everywhere they have to hold.
@Suite(.enabled(if: LongTests.areWanted, "takes a minute: BPB_LONG_TESTS=1"))
struct SettlingTests {
  @Test func zlibHasSettledOnAStationarySource() throws {
    let scratch = try TemporaryDirectory()
    let outcome = try CommandRunner.bpb(
      "scale", "--synth", "markov:entropy=1.5", "--synth-bytes", "16MB", "-m", "zlib:9", "--format",
      "json", in: scratch.path, seconds: 300)
    outcome.expect(0)
    let claims = try JSON(parsing: outcome.text)["claims"]?.items ?? []
    #expect(claims.count == 1 && claims[0]["outcome"]?.string == "supported")
  }
}

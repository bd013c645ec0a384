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

/// `bpb study`, as far as it goes in a second.
@Suite struct StudyTests {
  private let scratch: TemporaryDirectory

  init() throws {
    scratch = try TemporaryDirectory()
    try scratch.write(prose(60_000), to: "text")
  }

  private func study(_ words: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(["study"] + words, in: scratch.path)
  }

  @Test func whatIsAskedForIsChecked() throws {
    try study("capacty", "text").expect(64, saying: "did you mean 'capacity'?")
    try study("capacity", "none").expect(66, saying: "none: there is no such file")
    try study("capacity").expect(64, saying: "there is nothing to measure")
    try scratch.write(prose(3000), to: "little")
    try study("capacity", "little").expect(66, saying: "a study needs 40 KiB at least")
    try study().expect(64, saying: "name a study, or --all of them")
    try study("--all").expect(64, saying: "there is nothing to measure")
    try study("--all", "none").expect(66, saying: "none: there is no such file")
    try study("--all", "text", "--synth", "hmm").expect(64, saying: "name one or the other")
    try study("capacity", "text", "--preset", "slow").expect(64, saying: "quick")
    try study("capacity", "text", "--max-time", "0").expect(64, saying: "at least 1 second")
  }

  /// A run that has no time says so, and its plan is in the records; the same report can be made of them.
  @Test func whatWasMeasuredIsReportedAgain() throws {
    let words = ["text", "--max-time", "1", "-j", "1", "--records", "r"]
    let outcome = try CommandRunner.bpb(["study", "overfit"] + words, in: scratch.path)
    outcome.expect(0, saying: "the time was up before everything was measured")
    #expect(
      outcome.text.contains("cells were not measured; with --records the same command goes on"))
    #expect(outcome.text.contains("No verdict: too little was measured"))
    #expect(try CommandRunner.bpb("report", "r", in: scratch.path).output == outcome.output)
    let json = try CommandRunner.bpb("report", "r", "--format", "json", in: scratch.path)
    let report = try JSON(parsing: json.text)
    #expect(report["study"]?.string == "overfit")
    #expect(report["answers"]?.items.count == 6)
    try CommandRunner.bpb("report", "r", "--format", "csv", "--html", "p", in: scratch.path)
      .expect(0)
    #expect(try scratch.text("p").contains("too-large") || scratch.text("p").contains("No verdict"))
  }

  /// All studies in one run, and what they say together; a run without time has no verdict, and says so of every claim.
  @Test func allStudiesAnswerTogether() throws {
    let words = ["--all", "text", "--max-time", "1", "-j", "1", "--records", "r", "--html", "p"]
    let outcome = try CommandRunner.bpb(["study"] + words, in: scratch.path)
    outcome.expect(0, saying: "the time was up before everything was measured")
    #expect(outcome.text.hasPrefix("What is heard, and what was measured: 64 claims"))
    #expect(outcome.text.contains("\nNot measurable here:\n"))
    #expect(outcome.text.contains("\noverfit: What repeated data do"))
    #expect(try CommandRunner.bpb("report", "r", in: scratch.path).output == outcome.output)
    #expect(try scratch.text("p").contains("Claims that studies bear on"))
  }

  /// A run that is killed leaves records that the next one goes on from.
  @Test func aKilledRunGoesOn() throws {
    let words = ["study", "overfit", "text", "-j", "1", "--records", "r"]
    let run = try RunningCommand([CommandRunner.bpb.string] + words, in: scratch.path)
    var recorded: [UInt8] { (try? scratch.read("r")) ?? [] }
    while recorded.last != UInt8(ascii: "\n") && run.isRunning {
      RunningCommand.pause(milliseconds: 5)
    }
    run.send(SIGKILL)
    _ = try run.wait(seconds: 60)
    let before = recorded
    let outcome = try CommandRunner.bpb(words + ["--max-time", "1"], in: scratch.path)
    outcome.expect(0, saying: "overfit: the time was up before everything was measured")
    #expect(before.count > 100 && recorded.starts(with: before))
    #expect(try CommandRunner.bpb("report", "r", in: scratch.path).output == outcome.output)
  }
}

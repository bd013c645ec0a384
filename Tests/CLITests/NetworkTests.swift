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

/// Networks trained, kept and used, as a user would; of sizes that a debug build can train.
@Suite struct NetworkTests {
  private let scratch: TemporaryDirectory
  private static let tiny = "transformer:layers=1:width=8:heads=2:context=16"

  init() throws {
    scratch = try TemporaryDirectory()
    try scratch.write(prose(6000), to: "text")
    try scratch.write(prose(7000).suffix(900), to: "test")
  }

  private func bpb(_ words: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(words, in: scratch.path)
  }

  private func train(_ words: String..., to file: String) throws -> [UInt8] {
    try CommandRunner.bpb(
      ["train", Self.tiny, "text", "-o", file, "--steps", "6", "--batch", "4"] + words,
      in: scratch.path
    ).expect(0)
    return try scratch.read(FilePath(file))
  }

  @Test func theSameStepsGiveTheSameFile() throws {
    let file = try train("--threads", "1", to: "a.safetensors")
    #expect(try train("--threads", "2", to: "b.safetensors") == file)
    #expect(try train("--kernels", "portable", to: "c.safetensors") == file)
    #expect(try train("--seed", "2", to: "d.safetensors") != file)
  }

  @Test func aTrainedNetworkIsAMethod() throws {
    try bpb(
      "train", Self.tiny, "text", "-o", "m.safetensors", "--steps", "100", "--batch", "4"
    ).expect(0)
    let eval = try bpb("eval", "m.safetensors", "test", "--format", "json")
    eval.expect(0)
    let rows = try JSON(parsing: eval.text)["results"]?.items ?? []
    #expect(rows.first?["kind"] == .string("heldout"))
    #expect((rows.first?["bits_per_byte"]?.number ?? 9) < 6)
    let compare = try bpb("compare", "test", "-m", "model:m.safetensors", "--format", "json")
    compare.expect(0)
    #expect(try JSON(parsing: compare.text)["results"]?.items.first?["verified"] == .bool(true))
    let trained = try bpb("eval", "m.safetensors", "text", "--no-speed")
    trained.expect(0)
    #expect(trained.text.contains("learned from text"))
  }

  @Test func theAccountSaysWhatItTook() throws {
    let outcome = try bpb(
      "train", "gru:width=8:embedding=4", "text", "-o", "m.safetensors", "--steps", "4", "--format",
      "json")
    outcome.expect(0)
    let account = try JSON(parsing: outcome.text)
    #expect(account["steps"] == .number(4))
    #expect((account["bytes_per_second"]?.number ?? 0) > 0)
    #expect((account["tune_bits_per_byte"]?.number ?? 9) < 8.5)
  }

  @Test func theAccountJudgesAndSaysWhatIsNext() throws {
    let words = ["train", Self.tiny, "text", "-o", "m.safetensors", "--steps", "110"]
    let text = try CommandRunner.bpb(words, in: scratch.path)
    text.expect(0)
    #expect(text.text.contains("under-fits: at step "))
    #expect(text.text.contains("Next: bpb eval m.safetensors PATH"))
    #expect(text.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let json = try CommandRunner.bpb(words + ["--force", "--format", "json"], in: scratch.path)
    let account = try JSON(parsing: json.text)
    #expect(account["verdict"] == .string("under-fits"))
    #expect((account["gain_of_twice_the_steps"]?.number ?? 0) > 0)
  }

  @Test func aLogIsReported() throws {
    _ = try train("--log", "log.jsonl", to: "m.safetensors")
    let report = try bpb("report", "log.jsonl")
    report.expect(0)
    #expect(report.text.contains("transformer:layers=1:width=8"))
  }

  /// The log of a longer run of the same network, repeated with fewer steps, keeps nothing of the longer one.
  @Test func aRunThatBeginsAgainReplacesItsLog() throws {
    for (steps, file) in [("90", "a.safetensors"), ("6", "b.safetensors")] {
      try bpb(
        "train", Self.tiny, "text", "-o", file, "--steps", steps, "--batch", "4", "--log", "log"
      ).expect(0)
    }
    let report = try bpb("report", "log", "--format", "json")
    let lines = try JSON(parsing: report.text)["trainings"]?.items.first?["lines"]?.items ?? []
    let logged = lines.compactMap { $0["step"]?.number }
    #expect(logged.first == 0 && logged.last == 6 && logged.allSatisfy { $0 <= 6 })
  }

  /// Stopped in the middle of its steps, and gone on with: the same bits as if it had never been.
  @Test func aRunThatWasStoppedGoesOn() throws {
    let words = ["train", Self.tiny, "text", "--steps", "2000", "--batch", "2"]
    try CommandRunner.bpb(words + ["-o", "whole.safetensors"], in: scratch.path).expect(0)
    let saved = words + ["-o", "m.safetensors", "--checkpoint", "run", "--log", "log"]
    let stopped = try stopped(saved)
    stopped.expect(130, saying: "the same command goes on after step")
    #expect(!scratch.names.contains("m.safetensors"))
    try CommandRunner.bpb(saved, in: scratch.path).expect(0, saying: "going on after step")
    #expect(try scratch.read("m.safetensors") == scratch.read("whole.safetensors"))
  }

  /// Interrupts a run in the middle of its steps. On a busy machine it may end before it is interrupted: then it is
  /// run again.
  private func stopped(_ words: [String]) throws -> CommandRunner.Outcome {
    while true {
      let run = try RunningCommand([CommandRunner.bpb.string] + words, in: scratch.path)
      // Its first line says what runs, the second how it begins.
      while run.isRunning, ((try? scratch.read("log")) ?? []).count(where: { $0 == 10 }) < 4 {}
      run.send(SIGINT)
      let outcome = try run.wait()
      guard outcome.code == 0 else { return outcome }
      for name in ["m.safetensors", "run", "log"] {
        _ = scratch.path.appending(name).withPlatformString { unlink($0) }
      }
    }
  }

  @Test func whatIsWrittenMustBeDifferentFiles() throws {
    try bpb("train", Self.tiny, "text", "-o", "m", "--steps", "2", "--checkpoint", "./m")
      .expect(64, saying: "--output and --checkpoint name the same file")
    try bpb(
      "train", Self.tiny, "text", "-o", "m", "--steps", "2", "--checkpoint", "l", "--log", "l"
    ).expect(64, saying: "--checkpoint and --log name the same file")
    try bpb("train", Self.tiny, "text", "-o", "-", "--steps", "2")
      .expect(64, saying: "name a file")
    #expect(scratch.names.allSatisfy { $0 == "text" || $0 == "test" })
  }

  @Test func anotherRunsCheckpointIsRefused() throws {
    _ = try train("--checkpoint", "run", to: "m.safetensors")
    let words = ["train", Self.tiny, "text", "-o", "n", "--steps", "6", "--checkpoint", "run"]
    try CommandRunner.bpb(words + ["--batch", "2"], in: scratch.path)
      .expect(65, saying: "run: the checkpoint is of another run: its options")
    // Another text of the same length would be passed off as learned from.
    try scratch.write(Array(prose(6001).dropFirst()), to: "text")
    try CommandRunner.bpb(words + ["--batch", "4"], in: scratch.path)
      .expect(65, saying: "run: the checkpoint is of another run: its text_hash")
    try scratch.write(prose(6000), to: "text")
    // The last number of the last tensor, the best weights, becomes one that is none.
    let damaged = try scratch.read("run").dropLast(4) + [0, 0, 0xC0, 0x7F]
    try scratch.write(Array(damaged), to: "run")
    try CommandRunner.bpb(words + ["--batch", "4"], in: scratch.path)
      .expect(65, saying: "run: the checkpoint's 'best'", "remove it to train from the beginning")
    try scratch.write([1, 2, 3], to: "run")
    try CommandRunner.bpb(words + ["--batch", "4"], in: scratch.path).expect(65, saying: "run:")
    #expect(try scratch.read("run") == [1, 2, 3])
  }

  /// Its end is a part of a saved run, and more steps are none of it.
  @Test func aRunThatHasEndedIsNotGoneOnWith() throws {
    let file = try train("--checkpoint", "run", to: "m.safetensors")
    let words = ["train", Self.tiny, "text", "-o", "n", "--batch", "4", "--checkpoint", "run"]
    try CommandRunner.bpb(words + ["--steps", "9"], in: scratch.path)
      .expect(0, saying: "the saved run has ended")
    #expect(try scratch.read("n") == file)
  }

  @Test(arguments: [
    (["transformer:width=30:heads=4"], "even parts"),
    (["transformer:context=8", "--time", "9"], "longer than the network's context"),
    (["gru:width=512", "--batch", "4096", "--time", "4096"], "would take"),
    (["gru:breadth=3"], "breadth"), (["neural:5k"], "neural:3k"),
    (["gru", "--max-time", "0"], "--max-time"),
    (["gru", "--max-time", "1", "--steps", "1"], "exclude each other"),
    (["gru", "--from-arpa"], "ARPA"), (["kn:3", "--steps", "5"], "--steps is for networks"),
    (["gru", "--kernels", "mmx"], "kernels"), (["gru", "--dropout", "1"], "--dropout"),
  ])
  func whatCannotBeIsSaid(words: [String], saying: String) throws {
    try CommandRunner.bpb(["train"] + words + ["text", "-o", "m"], in: scratch.path)
      .expect(64, saying: saying)
  }

  @Test func aTextShorterThanTheContextIsSaid() throws {
    try scratch.write("brief text", to: "brief")
    try bpb("train", Self.tiny, "brief", "-o", "m", "--steps", "2")
      .expect(0, saying: "10 bytes of text are less than the network's context, 16")
  }

  @Test func aTextThatIsTooShortIsSaid() throws {
    try scratch.write("brief", to: "brief")
    try bpb("train", "gru:width=8", "brief", "-o", "m", "--time", "100", "--steps", "1")
      .expect(66, saying: "too few to train on")
  }

  @Test func aRunThatDivergesSaysWhatToTry() throws {
    // A decay of 10 at a rate of 10 makes each weight a hundred times as large in every step.
    let outcome = try bpb(
      "train", Self.tiny, "text", "-o", "m", "--steps", "100", "--rate", "10", "--optimiser",
      "adamw", "--weight-decay", "10", "--batch", "1")
    outcome.expect(1, saying: "training diverged at step")
    #expect(outcome.complaint.contains("lower learning rate"))
    #expect(!scratch.names.contains("m"))
  }

  /// What is coded under one instruction set and number of threads is decoded under another.
  @Test(arguments: ["gru:width=8:contexts=2", "transformer:1:width=8:heads=1:contexts=2"])
  func filesDoNotDependOnTheMachine(method: String) throws {
    try bpb("compress", "test", "-m", method, "-o", "a.bpb", "--threads", "2").expect(0)
    try bpb(
      "compress", "test", "-m", method, "-o", "b.bpb", "--kernels", "portable", "--threads", "1"
    )
    .expect(0)
    #expect(try scratch.read("a.bpb") == scratch.read("b.bpb"))
    try bpb("decompress", "a.bpb", "-o", "back", "--kernels", "portable").expect(0)
    #expect(try scratch.read("back") == scratch.read("test"))
  }

  #if os(Linux)
  /// A limit on the size of files stands for a full disk: it is found before anything is trained …
  @Test func aModelThatWouldNotFitIsNotTrained() throws {
    let outcome = try CommandRunner.bpb(
      ["train", Self.tiny, "text", "-o", "m.safetensors", "--steps", "6", "--log", "log"],
      in: scratch.path, shell: "ulimit -f 8")
    outcome.expect(74, saying: "m.safetensors: cannot be written")
    #expect(!scratch.names.contains("log"))
    #expect(scratch.names.allSatisfy { !$0.hasSuffix(".partial") })
  }

  /// … and costs the log's end, not the run, where the model still fits.
  @Test func aLogThatNoLongerFitsIsSaid() throws {
    let outcome = try CommandRunner.bpb(
      [
        "train", Self.tiny, "text", "-o", "m.safetensors", "--steps", "90", "--batch", "64",
        "--log", "log", "--weights", "bf16",
      ], in: scratch.path, shell: "ulimit -f 18")
    outcome.expect(0, saying: "log: a record cannot be written", "training goes on")
    #expect(try scratch.read("log").last == UInt8(ascii: "\n"))
    #expect(try !scratch.read("m.safetensors").isEmpty)
    try bpb("report", "log").expect(0)
  }

  /// A disk that is full when the run is saved costs the checkpoint, not the run.
  @Test func aCheckpointThatCannotBeWrittenIsSaid() throws {
    let outcome = try bpb(
      "train", Self.tiny, "text", "-o", "m.safetensors", "--steps", "2", "--batch", "4",
      "--checkpoint", "none/run")
    outcome.expect(0)
    #expect(outcome.complaint.contains("the run is not saved"))
    #expect(try !scratch.read("m.safetensors").isEmpty)
  }
  #endif
}

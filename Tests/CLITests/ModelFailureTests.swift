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

/// What goes wrong with models is said in a sentence, and leaves nothing behind.
@Suite struct ModelFailureTests {
  private let scratch: TemporaryDirectory

  init() throws {
    scratch = try TemporaryDirectory()
    try scratch.write(prose(20_000), to: "x")
    try scratch.write(prose(300), to: "y")
    scratch.makeDirectory("dir")
  }

  private func bpb(_ words: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(words, in: scratch.path)
  }

  private func train(_ method: String = "ngram:2", to file: String = "m.bpbm") throws {
    try bpb("train", method, "x", "-o", file, "--force").expect(0)
  }

  @Test func trainingThatCannotBe() throws {
    try bpb("train", "zlib:9", "x", "-o", "m").expect(64, saying: "learns nothing")
    try bpb("train", "ngram:2", "no", "-o", "m").expect(66, saying: "no: there is no such file")
    try bpb("train", "ngram:2", "x", "no", "-o", "m").expect(
      66, saying: "no: there is no such file")
    try bpb("train", "ngram:2", "dir", "-o", "m").expect(66, saying: "not a byte to learn from")
    try bpb("train", "ngram:2", "x", "-o", "none/m").expect(74, saying: "none/m: cannot be created")
    try bpb("train", "ngram:2", "x", "-o", "-").expect(64, saying: "name a file")
    try bpb("train", "ngram:2", "x", "-o", "y").expect(74, saying: "exists already", "--force")
    try bpb("train", "ngram:2", "x", "-o", "x", "--force").expect(64, saying: "something else too")
    try bpb("train", "ngram:2", "x", "-o", "m", "--hold-out", "0.7").expect(64, saying: "0.5")
    try bpb("train", "ngram:2", "x", "-o", "m", "--arpa", "m.arpa")
      .expect(64, saying: "cannot be written in ARPA format")
    try bpb("train", "ngram:2", "--from-arpa", "x", "-o", "m")
      .expect(64, saying: "reads no ARPA files")
    #expect(scratch.names == ["dir", "x", "y"], "left something behind")
    #expect(try scratch.read("y") == prose(300))
  }

  @Test func filesThatAreNoModels() throws {
    try bpb("eval", "no.bpbm", "x").expect(66, saying: "no.bpbm: cannot be opened")
    try bpb("eval", "dir", "x").expect(66, saying: "dir: is a directory")
    try bpb("eval", "x", "y").expect(65, saying: "x: this is not a model file")
    try bpb("compare", "y", "-m", "model:x").expect(65, saying: "x: this is not a model file")
    try bpb("compare", "y", "-m", "model").expect(64, saying: "says no file")
    try scratch.write([], to: "none")
    try bpb("eval", "none", "x").expect(65, saying: "none: the file is empty")
    try train()
    try bpb("eval", "m.bpbm", "no").expect(66, saying: "no: there is no such file")
  }

  @Test func modelsThatAreDamaged() throws {
    try train()
    let bytes = try scratch.read("m.bpbm")
    try scratch.write(Array(bytes.dropLast(10)), to: "cut")
    try bpb("eval", "cut", "y").expect(65, saying: "cut: the file ends early: 10 more bytes")
    var other = bytes
    other[bytes.count - 20] ^= 1
    try scratch.write(other, to: "flipped")
    try bpb("eval", "flipped", "y").expect(65, saying: "flipped: the model is damaged")
    other = bytes
    other[8] = 9
    try scratch.write(other, to: "newer")
    try bpb("eval", "newer", "y").expect(65, saying: "format version 9", "use a newer bpb")
  }

  @Test func codedFilesNeedTheirVeryModel() throws {
    try train()
    try bpb("compress", "y", "-m", "model:m.bpbm").expect(0)
    try bpb("decompress", "y.bpb", "-o", "back").expect(0)
    #expect(try scratch.read("back") == prose(300))
    let missing = try CommandRunner.bpb(
      "decompress", "../y.bpb", "-o", "z", in: scratch.path.appending("dir"))
    missing.expect(66, saying: "m.bpbm cannot be opened", "say where it is with --model")
    try train("ngram:1")
    try bpb("decompress", "y.bpb", "-o", "z")
      .expect(65, saying: "y.bpb: the file needs the method 'model:m.bpbm'", "sha256")
    try train("ngram:2", to: "elsewhere")
    try bpb("decompress", "y.bpb", "-o", "again", "--model", "elsewhere").expect(0)
    #expect(try scratch.read("again") == prose(300))
    try bpb("compress", "y", "-m", "model:elsewhere", "-o", "w.bpb").expect(0)
    try bpb("decompress", "w.bpb", "--model", "no", "-o", "z").expect(66, saying: "w.bpb", "no")
    #expect(!scratch.has("z"))
  }
}

/// The user's wish to stop.
@Suite struct ModelInterruptionTests {
  private let scratch: TemporaryDirectory

  init() throws {
    scratch = try TemporaryDirectory()
    for index in 0..<60 {
      try scratch.write(
        SplitMix64.bytes(count: 100_000, seed: UInt64(index)), to: FilePath("d/\(index)"))
    }
    try scratch.write(prose(2000), to: "x")
  }

  /// Runs until `begins` says that there is something to stop.
  private func stopped(
    _ words: [String], once begins: () -> Bool
  ) throws -> CommandRunner.Outcome {
    let run = try RunningCommand([CommandRunner.bpb.string] + words, in: scratch.path)
    while !begins() && run.isRunning { RunningCommand.pause(milliseconds: 2) }
    run.send(SIGINT)
    return try run.wait()
  }

  @Test func trainingLeavesNothing() throws {
    let outcome = try stopped(["train", "ngram:6", "d", "-o", "m"]) {
      scratch.names.contains { $0.hasSuffix(".partial") }
    }
    outcome.expect(130, saying: "no model was written")
    #expect(scratch.names == ["d", "x"])
  }

  @Test func evaluationPrintsWhatIsFinishedAndGoesOn() throws {
    try CommandRunner.bpb("train", "ngram:6", "x", "-o", "m", in: scratch.path).expect(0)
    let words = ["eval", "m", "d", "-j", "1", "--records", "r", "--no-speed"]
    let first = try stopped(words) {
      (try? scratch.text("r"))?.contains("\"type\":\"cell\"") == true
    }
    first.expect(130, saying: "goes on where it stopped")
    #expect(first.text.contains("of 60 files measured"))
    let resumed = try CommandRunner.bpb(words, in: scratch.path, seconds: 120)
    resumed.expect(0, saying: "of 60 cells taken from the records")
    let whole = try CommandRunner.bpb(
      "eval", "m", "d", "--no-speed", in: scratch.path, seconds: 120)
    #expect(whole.text == resumed.text)
  }
}

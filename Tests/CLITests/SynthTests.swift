import BitsPerByte
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

@Suite struct SynthTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try TemporaryDirectory() }

  private func synth(_ words: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(["synth"] + words, in: scratch.path)
  }

  @Test func bytesAndTheirFigures() throws {
    let outcome = try synth("markov:1:entropy=0.9", "--bytes", "300KiB", "--seed", "5")
    outcome.expect(0)
    let source = try KnownSourceTable.builtin.source(named: "markov:1:entropy=0.9")
    #expect(outcome.output == source.bytes(count: 307_200, seed: 5))
    let bitsPerByte = try #require(source.codeLength(of: outcome.output).bitsPerByte)
    let lines = outcome.complaint.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0] == "source: markov:order=1:symbols=4:entropy=0.9:seed=1")
    #expect(lines[1].hasPrefix("entropy rate: 0.9000") && lines[1].hasSuffix(" bits per byte"))
    #expect(lines[2].hasPrefix("these 307,200 bytes: "))
    let printed = lines[2].split(separator: " ")[3]
    #expect(abs(try #require(Double(printed)) - bitsPerByte) < 1e-6)
    #expect(lines[3] == "sha256: \(CorpusFile(name: "", bytes: outcome.output).sha256)")
  }

  @Test func aFileAppearsWhole() throws {
    try synth("grammar", "--bytes", "10kB", "-o", "text").expect(0, saying: "grammar:fillers=all")
    let text = try scratch.read("text")
    #expect(text.count == 10_000)
    try synth("grammar", "--bytes", "10kB", "--seed", "2", "-o", "text")
      .expect(74, saying: "text: exists already")
    #expect(try scratch.read("text") == text)
    try synth("grammar", "--bytes", "10kB", "--seed", "2", "-o", "text", "--force").expect(0)
    #expect(try scratch.read("text") != text && scratch.names == ["text"])
  }

  @Test func boundsAreShownWhereTheRateIsNotExact() throws {
    let outcome = try synth("hmm", "--bytes", "1000")
    #expect(
      try #/entropy rate: 1\.\d{6} to 1\.\d{6} bits per byte/#.firstMatch(in: outcome.complaint)
        != nil)
  }

  @Test func noBytesAreNoBytes() throws {
    let outcome = try synth("uniform", "--bytes", "0")
    outcome.expect(0, saying: "these 0 bytes: –")
    #expect(outcome.output.isEmpty)
  }

  @Test func sourcesAreListed() throws {
    let text = try synth("--list")
    text.expect(0)
    #expect(text.text.contains("markov: ") && text.text.contains("entropy=0.01…8, default 1.5"))
    let json = try JSON(parsing: synth("--list", "--format", "json").text)
    let names = json["sources"]?.items.compactMap { $0["name"]?.string }
    #expect(names == ["uniform", "iid", "bernoulli", "markov", "hmm", "grammar"])
    let p = json["sources"]?.items[2]["parameters"]?.items.first
    #expect(p?["type"]?.string == "decimal" && p?["maximum"]?.number == 0.999999)
  }

  @Test func whatMakesNoSenseIsSaid() throws {
    try synth().expect(64, saying: "there is no source", "--list")
    try synth("uniform").expect(64, saying: "--bytes")
    try synth("uniform", "--bytes", "many").expect(64, saying: "not 'many'")
    try synth("unifrom", "--bytes", "1").expect(64, saying: "did you mean 'uniform'?")
    try synth("markov:entropy=9", "--bytes", "1").expect(64, saying: "nearest is 8")
    try synth("markov:entropy=3", "--bytes", "1", "-o", "x").expect(64, saying: "symbols=8")
    try synth("uniform", "--bytes", "1", "-o", "none/x").expect(74, saying: "cannot be created")
    #expect(scratch.names.isEmpty)
  }

  #if os(Linux)
  @Test func aFullDeviceIsSaid() throws {
    try synth("uniform", "--bytes", "1MB", "-o", "/dev/full", "--force")
      .expect(74, saying: "No space left")
  }
  #endif

  @Test func anInterruptLeavesNothingBehind() throws {
    let run = try RunningCommand(
      [CommandRunner.bpb.string, "synth", "uniform", "--bytes", "100GB", "-o", "big"],
      in: scratch.path)
    while !scratch.names.contains(where: { $0.hasSuffix(".partial") }) && run.isRunning {
      RunningCommand.pause(milliseconds: 2)
    }
    run.send(SIGINT)
    try run.wait(seconds: 60).expect(130, saying: "stopped")
    #expect(scratch.names.isEmpty)
  }
}

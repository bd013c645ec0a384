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

/// Models that write, as a user would have them.
@Suite struct GenerateTests {
  private let scratch: TemporaryDirectory
  private static let network = "transformer:layers=1:width=8:heads=2:context=16"
  private static let recurrent = "gru:width=8:embedding=4:streams=4:segment=8:memory=1MiB"

  init() throws {
    scratch = try TemporaryDirectory()
    let letters = Array("abcdefgh ".utf8)
    try scratch.write(
      SplitMix64.bytes(count: 5000, seed: 4).map { letters[Int($0) % letters.count] }, to: "text")
    try scratch.write(
      Array(String(repeating: "abcdefghijklmnopqrs ", count: 300).utf8), to: "circle")
    try scratch.write([], to: "empty")
  }

  private func generate(_ words: String..., input: [UInt8] = []) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(["generate"] + words, in: scratch.path, input: input)
  }

  private func train(_ method: String, _ file: String, _ words: String...) throws {
    try CommandRunner.bpb(["train", method, "circle", "-o", file] + words, in: scratch.path)
      .expect(0)
  }

  @Test(arguments: [
    "ngram:3", "ppm", "ppm:best", "ctw:4", "memoizer", "kn:3", "neural:[\(network)]:steps=2",
    recurrent,
  ])
  func aMethodLearnsAndWrites(method: String) throws {
    let first = try generate(method, "text", "--bytes", "150", "--threads", "1")
    first.expect(
      0, saying: "learned from 5,000 bytes and wrote 150 bytes in", "temperature 1, seed 1")
    let again = try generate(method, "text", "--bytes", "150", "--kernels", "portable")
    let other = try generate(method, "text", "--bytes", "150", "--seed", "2")
    #expect(first.output.count == 150 && again.output == first.output)
    #expect(other.output.count == 150 && other.output != first.output)
  }

  @Test(arguments: ["ngram:3", "ppm", "kn:3", recurrent])
  func whatIsCertainGoesOn(method: String) throws {
    let outcome = try generate(method, "circle", "--bytes", "40", "--temperature", "0")
    outcome.expect(0)
    #expect(outcome.text == "abcdefghijklmnopqrs abcdefghijklmnopqrs ")
  }

  @Test func aTrainedModelGoesOnAfterAPrompt() throws {
    try train("kn:3", "m.bpbm")
    let words = ["--bytes", "12", "--temperature", "0", "--prompt", "xx abc"]
    let named = try CommandRunner.bpb(["generate", "m.bpbm"] + words, in: scratch.path)
    named.expect(0, saying: "model:m.bpbm (kn:3 1, sha256", "after a prompt of 6 bytes")
    #expect(named.text == "defghijklmno")
    let method = try CommandRunner.bpb(["generate", "model:m.bpbm"] + words, in: scratch.path)
    #expect(method.output == named.output)
    // A prompt may hold any bytes.
    try scratch.write([0xFF, 0x00, 0x64], to: "prompt")
    let file = try generate(
      "m.bpbm", "--bytes", "3", "--temperature", "0", "--prompt-file", "prompt")
    file.expect(0, saying: "a prompt of 3 bytes")
    #expect(file.text == "efg")
    let piped = try generate(
      "m.bpbm", "--bytes", "3", "--temperature", "0", "--prompt-file", "-", input: [0xFF, 0x65])
    #expect(piped.text == "fgh")
  }

  @Test func aTrainedNetworkWritesTheSameEverywhere() throws {
    try train(Self.network, "n.safetensors", "--steps", "30", "--batch", "4")
    let one = try generate("n.safetensors", "--bytes", "200", "--threads", "1")
    one.expect(0, saying: "model:n.safetensors (transformer:")
    let two = try generate(
      "./n.safetensors", "--bytes", "200", "--threads", "2", "--kernels", "portable")
    #expect(one.output.count == 200 && one.output == two.output)
  }

  @Test func aFileAppearsWhole() throws {
    try generate("ppm", "text", "--bytes", "30", "-o", "new").expect(0)
    let text = try scratch.read("new")
    #expect(text.count == 30)
    try generate("ppm", "text", "--bytes", "20", "-o", "new")
      .expect(74, saying: "new: exists already", "--force")
    #expect(try scratch.read("new") == text)
    try generate("ppm", "text", "--bytes", "20", "-o", "new", "--force").expect(0)
    #expect(try scratch.read("new").count == 20)
    try generate("ppm", "text", "-o", "text", "--force").expect(
      64, saying: "text: is to be written")
    #expect(try scratch.read("text").count == 5000)
  }

  @Test func noBytesAreNoBytes() throws {
    let outcome = try generate("ppm", "text", "--bytes", "0")
    outcome.expect(0, saying: "wrote 0 bytes")
    #expect(outcome.output.isEmpty)
  }

  @Test(arguments: [
    (64, "zlib:9 text", "method 'zlib:9': is no model"), (64, "store text", "is no model"),
    (64, "ppm", "knows nothing yet"), (64, "zlob text", "did you mean 'zlib'?"),
    (64, "ppm:order=99 text", "nearest is"), (66, "ppm missing", "missing: there is no such file"),
    (66, "ppm empty", "not a byte to learn from"), (66, "missing.bpbm", "missing.bpbm: "),
    (66, "./missing", "missing: "), (66, "model:missing", "missing: "),
    (65, "text", "text: this is not a model file"), (65, "empty", "the file is empty"),
    (64, "ppm text --bytes 999999999999", "up to 16MiB"), (64, "ppm text --bytes x", "not 'x'"),
    (64, "ppm text --temperature nan", "0 to 100"), (64, "ppm text --temperature 101", "0 to 100"),
    (64, "ppm text --temperature=-1", "0 to 100"), (64, "ppm text --seed=-1", "--seed"),
    (64, "ppm text --prompt a --prompt-file text", "exclude each other"),
    (66, "ppm text --prompt-file missing", "missing: cannot be opened"),
    (74, "ppm text -o none/x", "cannot be created"), (64, "ppm --synth markov text", "--synth"),
  ])
  func whatMakesNoSenseIsSaid(code: Int, line: String, saying: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let outcome = try CommandRunner.bpb(["generate"] + words, in: scratch.path)
    outcome.expect(Int32(code), saying: saying)
    #expect(outcome.output.isEmpty && Set(scratch.names) == ["circle", "empty", "text"])
  }

  @Test func aPromptHasALimit() throws {
    try scratch.write([UInt8](repeating: 97, count: 1 << 20 + 1), to: "long")
    try generate("ngram:1", "text", "--prompt-file", "long").expect(64, saying: "long: is too long")
  }

  @Test func whatWasTrainedTakesNoFiles() throws {
    try train("ngram:2", "m.bpbm")
    try generate("m.bpbm", "text").expect(64, saying: "learns no more", "--prompt-file")
  }

  @Test func anInterruptLeavesNothingBehind() throws {
    let run = try RunningCommand(
      [CommandRunner.bpb.string, "generate", "ctw", "text", "--bytes", "16MiB", "-o", "big"],
      in: scratch.path)
    while !scratch.names.contains(where: { $0.hasSuffix(".partial") }) && run.isRunning {
      RunningCommand.pause(milliseconds: 2)
    }
    run.send(SIGINT)
    try run.wait(seconds: 20).expect(130, saying: "stopped")
    #expect(Set(scratch.names) == ["circle", "empty", "text"])
  }
}

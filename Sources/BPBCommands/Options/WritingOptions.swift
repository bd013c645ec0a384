import ArgumentParser
import BitsPerByte

/// What a model is to write.
struct WritingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How many bytes to write, up to 16MiB.", valueName: "size"))
  var bytes = "1000"

  @Option(
    help: ArgumentHelp(
      "1 draws as the model predicts, lower is surer, higher more even, and 0 always takes the likeliest byte. ctw and "
        + "memoizer predict bits: theirs are drawn so.", valueName: "number"))
  var temperature = "1"

  @Option(help: "What is drawn by.")
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Go on after this text.", valueName: "text"))
  var prompt: String?

  @Option(
    help: ArgumentHelp(
      "Go on after the bytes of this file, at most 1MiB; '-' is standard input.",
      valueName: "file"),
    completion: .file())
  var promptFile: String?

  @Flag(help: "Write bytes as they are to a terminal too.")
  var raw = false

  private static let most = 16 << 20
  private static let longestPrompt = 1 << 20
  private static let hottest = Millionths(count: 100_000_000)

  func validate() throws {
    if prompt != nil && promptFile != nil {
      throw ValidationError("--prompt and --prompt-file exclude each other")
    }
    guard let count = ByteSize.parse(bytes), count <= Self.most else {
      throw ValidationError("--bytes takes a size up to 16MiB, not '\(bytes)'")
    }
    guard let number = Millionths(temperature), number <= Self.hottest else {
      throw ValidationError(
        "--temperature takes a number of 0 to 100 with at most six decimals, not '\(temperature)'")
    }
  }

  /// Bytes to write.
  var byteCount: Int { ByteSize.parse(bytes) ?? 0 }

  /// How they are drawn.
  var sampling: Sampling {
    Sampling(temperature: Millionths(temperature)?.value ?? 1, seed: seed)
  }

  /// How they are drawn, in words.
  var samplingText: String {
    let number = Millionths(temperature)?.description ?? temperature
    return "temperature \(number), seed \(seed)"
  }

  /// The text to go on after; empty where none was given.
  ///
  /// - Throws: `noInput` or `inputOutput` for a file that cannot be read; `usage` for one that is too long.
  func promptBytes() throws(BPBError) -> [UInt8] {
    guard let promptFile else { return prompt.map(ArgumentBytes.bytes) ?? [] }
    let input = try ByteInput(path: promptFile)
    var bytes: [UInt8] = []
    while bytes.count <= Self.longestPrompt {
      let piece = try input.next(1 << 16)
      guard !piece.isEmpty else { return bytes }
      bytes += piece
    }
    throw BPBError(
      .usage, "is too long for a prompt", subject: input.name,
      advice: "give its last mebibyte, or have a method learn from it")
  }
}

import ArgumentParser
import BitsPerByte

/// How a network is trained; other methods take none of it.
struct NeuralOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Train for about so long; default is 60.", valueName: "seconds"))
  var maxTime: Double?

  @Option(
    help: "Train for so many steps instead: the same number gives the same weights anywhere.")
  var steps: Int?

  @Option(help: "Sequences in a batch.")
  var batch: Int?

  @Option(help: ArgumentHelp("Bytes in a sequence.", valueName: "bytes"))
  var time: Int?

  @Option(help: "How a gradient becomes a step.")
  var optimiser: Optimiser?

  @Option(help: "Peak learning rate.")
  var rate: Double?

  @Option(help: "Decay of the weights in a step of rate 1.")
  var weightDecay: Double?

  @Option(help: ArgumentHelp("Activations that are dropped while training.", valueName: "share"))
  var dropout: Double?

  @Option(
    help: ArgumentHelp(
      "Of the training part, what is watched instead: it decides which weights are kept.",
      valueName: "share"))
  var tune = 0.02

  @Option(
    help: """
      Numbers that products are made of: fp32, or bf16, which is faster where the processor has it, \
      and then the same bits on this kind of processor only.
      """)
  var precision: Precision = .float32

  @OptionGroup var running: KernelOptions

  @Option(
    help: ArgumentHelp(
      "Save the run here once a minute, and go on with what is saved there.", valueName: "file"),
    completion: .file())
  var checkpoint: String?

  @Option(
    help: ArgumentHelp(
      "Append how training goes to this file, for 'bpb report'.", valueName: "file"),
    completion: .file(extensions: ["jsonl"]))
  var log: String?

  @Option(help: "Numbers in the file: f32, or bf16 at half the size.")
  var weights: WeightsType = .f32

  enum WeightsType: String, CaseIterable, ExpressibleByArgument {
    case f32, bf16
    var tensorType: TensorType { self == .f32 ? .float32 : .brainFloat16 }
  }

  func validate() throws {
    func check(_ isRight: Bool, _ sentence: String) throws {
      if !isRight { throw ValidationError(sentence) }
    }
    try check(maxTime == nil || steps == nil, "--max-time and --steps exclude each other")
    try check(
      maxTime ?? 1 > 0 && maxTime ?? 1 < 1e9, "--max-time takes a number of seconds above 0")
    try check((1...1_000_000_000).contains(steps ?? 1), "--steps takes a number from 1 on")
    try check((1...4096).contains(batch ?? 1), "--batch takes 1 to 4096")
    try check((1...4096).contains(time ?? 1), "--time takes 1 to 4096")
    try check((0...10).contains(rate ?? 0), "--rate takes a number of 0 to 10")
    try check((0...10).contains(weightDecay ?? 0), "--weight-decay takes a number of 0 to 10")
    try check((0..<0.95).contains(dropout ?? 0), "--dropout takes a share below 0.95")
    try check((0...0.5).contains(tune), "--tune takes a share of at most 0.5")
  }

  /// The first of these options that was given; nil if none was.
  var firstGiven: String? {
    let given: [(String, Bool)] = [
      ("--max-time", maxTime != nil), ("--steps", steps != nil), ("--batch", batch != nil),
      ("--time", time != nil), ("--optimiser", optimiser != nil), ("--rate", rate != nil),
      ("--weight-decay", weightDecay != nil), ("--dropout", dropout != nil),
      ("--checkpoint", checkpoint != nil), ("--log", log != nil),
    ]
    return given.first { $0.1 }?.0
  }
}

extension Optimiser: ExpressibleByArgument {}

extension Precision: ExpressibleByArgument {}

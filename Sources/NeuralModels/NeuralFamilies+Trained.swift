import BPBCore
import ByteModels
import ModelFiles

extension NeuralFamilies {
  /// Version of what trained networks code, and of what they learn; a change of any coded byte changes it.
  private static let trainedVersion = "1"

  /// Networks that are trained on a block before it is coded: weights and residual.
  static let trained = MethodFamily(
    name: NamedSize.family, kind: .model,
    summary: "a network that is trained on the block first: weights and residual",
    parameters: [
      MethodParameter(
        "network", .choiceOrMethod(NamedSize.all.map(\.name)), default: "10k",
        summary: "a transformer of about so many parameters, or any network, as in [gru:width=64]"),
      MethodParameter(
        "steps", .integer(1...100_000_000), default: nil,
        summary:
          "of training; by default \(NeuralLearning.usualEpochs) times through the block, "
          + "\(NeuralLearning.usualSteps.lowerBound) to \(NeuralLearning.usualSteps.upperBound) steps"
      ),
      MethodParameter(
        "bits", .integer(WeightsCode.significandBits), default: "\(NeuralLearning.usualBits)",
        summary: "of a weight's significand after the leading one; 7 is bfloat16, 23 is float32"),
      MethodParameter(
        "tune", .decimal(Millionths(count: 0)...Millionths(count: 500_000)), default: "0",
        summary: "share of the block that is not learned from but decides which weights are kept"),
      MethodParameter(
        "seed", .integer(0...1_000_000_000), default: "1",
        summary: "what first weights and batches are drawn by"),
      MethodParameter(
        "stride", .integer(1...1 << 16), default: nil,
        summary: "new bytes in each window of a transformer; half of its context by default"),
    ],
    version: { trainedVersion }
  ) { values throws(BPBError) in
    let learning = try NeuralLearning(values)
    let architecture = learning.architecture
    return Method(
      name: values.name, version: trainedVersion, codec: TwoPartCodec(learning),
      memory: learning.memory, expectedSpeed: learning.expectedSpeed,
      parameterCount: architecture.parameterCount, decoderBytes: Program.byteCount,
      framingNote: "its length and that of the weights as LEB128", learning: learning)
  }
}

extension NeuralLearning {
  /// - Throws: `usage` for a network that cannot be, or that has no windows to stride through.
  fileprivate init(_ values: MethodValues) throws(BPBError) {
    let text = values.text("network") ?? ""
    let architecture: Architecture
    if let named = NamedSize.all.first(where: { $0.name == text }) {
      architecture = named.architecture
    } else {
      architecture = try Architecture(parsing: text)
    }
    self.init(
      architecture, steps: values.optionalInteger("steps"), bits: values.integer("bits"),
      tuneShare: values.decimal("tune").value, seed: UInt64(values.integer("seed")),
      stride: values.optionalInteger("stride"))
    guard let stride else { return }
    do throws(BPBError) {
      try ModelWindows.check(stride: stride, capacity: architecture.windowBytes)
    } catch {
      throw error.about("method '\(values.name)'")
    }
  }

  /// Bytes of text that speed and memory are told for.
  private static let typicalBytes = 1 << 20

  fileprivate var memory: MemoryNeed {
    let decoder = FrozenNetwork.memory(of: architecture)
    let (plan, _) = plan(textBytes: Self.typicalBytes)
    return MemoryNeed(encoder: plan.memoryBytes + decoder, decoder: decoder)
  }

  /// A rough speed of learning and coding in bytes per second, training done at fifty thousand million operations a second.
  fileprivate var expectedSpeed: Double {
    let (plan, steps) = plan(textBytes: Self.typicalBytes)
    let operations =
      architecture.trainingFLOPsPerByte(time: plan.time) * Double(steps * plan.batchBytes)
    let coding = 1 / FrozenNetwork.expectedSpeed(of: architecture, stride: stride)
    return 1 / (operations / 5e10 / Double(Self.typicalBytes) + coding)
  }
}

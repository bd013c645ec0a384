public import BPBCore
import ByteModels

/// The method families of this module: networks that learn while they code. `bpb train` makes frozen ones of the
/// same architectures.
public enum NeuralFamilies {
  /// Version of what online networks code; a change of any coded byte changes it.
  static let onlineVersion = "1"

  /// Every family, in the order in which they are listed.
  public static let families: [MethodFamily] = [
    family("gru", "gated recurrent units and contexts that learn while they code"),
    family("lstm", "long short-term memory and contexts that learn while they code"),
    family("transformer", "a transformer and contexts that learn while they code"),
    family("mlp", "a multi-layer perceptron and contexts that learn while they code"),
    trained,
  ]

  private static func family(_ kind: String, _ summary: String) -> MethodFamily {
    MethodFamily(
      name: kind, kind: .model, summary: summary,
      parameters: Architecture.parameters(of: kind)! + OnlineShape.parameters,
      version: { onlineVersion }
    ) { values throws(BPBError) in
      let shape = OnlineShape(try Architecture(kind: kind, values: values), values)
      try shape.check(values.name)
      let flops = 8 * Double(shape.architecture.parameterCount)
      let memory =
        shape.memory + shape.architecture.weightsBytes([.learning(.float32)]) * 3
      return Method(
        name: values.name, version: onlineVersion, codec: OnlineCodec(shape),
        memory: MemoryNeed(encoder: memory, decoder: memory), expectedSpeed: 1e11 / flops,
        decoderBytes: Program.byteCount, framingNote: "its length as LEB128, 1 to 9 bytes")
    }
  }
}

extension OnlineShape {
  /// - Throws: `usage` for a network that cannot see what it is to learn from.
  func check(_ name: String) throws(BPBError) {
    if case .transformer(let shape) = architecture, window > shape.context {
      throw BPBError(
        .usage, "learns from \(window) bytes at once, and its context is \(shape.context)",
        subject: "method '\(name)'", advice: "ask for segment=\(max(shape.context / 2, 1))")
    }
  }
}

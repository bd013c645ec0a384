public import BPBCore

/// The model families of this module: their rows of the method table.
public enum ModelFamilies {
  /// Version of the n-gram model's predictions; a change of any coded byte changes it.
  static let ngramVersion = "1"

  /// Every family, in the order in which they are listed.
  public static let families = families(guests: nil)

  /// The same, where `guests` may take part in a mix.
  package static func families(guests: GuestList?) -> [MethodFamily] {
    [ngram, ppm, contextTree, mix(guests: guests), memoizer, kneserNey]
  }

  private static let ngram = MethodFamily(
    name: "ngram", kind: .model,
    summary: "adaptive n-gram of bytes: KT estimates blended from order 0 to k",
    parameters: [
      MethodParameter(
        "order", .integer(0...6), default: "5", summary: "longest context in bytes"),
      MethodParameter(
        "memory", .size(1 << 16...16 << 30), default: "8MiB",
        summary: "most memory for contexts of two bytes and more"),
    ],
    version: { ngramVersion }
  ) { values throws(BPBError) in
    let order = values.integer("order")
    let memory = values.integer("memory")
    let need = (order >= 2 ? memory : 0) + 1 << 19
    return Method(
      name: values.name, version: ngramVersion,
      codec: ngramCodec(order: order, memory: memory),
      memory: MemoryNeed(encoder: need, decoder: need),
      expectedSpeed: 3e7 / Double(order + 1), decoderBytes: Program.byteCount,
      framingNote: "its length as LEB128, 1 to 9 bytes",
      learning: ngramLearning(order: order, memory: memory))
  }

  private static func ngramCodec(order: Int, memory: Int) -> ModelCodec {
    switch order {
    case 0: codec(NGramModel<0>.self, memory)
    case 1: codec(NGramModel<1>.self, memory)
    case 2: codec(NGramModel<2>.self, memory)
    case 3: codec(NGramModel<3>.self, memory)
    case 4: codec(NGramModel<4>.self, memory)
    case 5: codec(NGramModel<5>.self, memory)
    default: codec(NGramModel<6>.self, memory)
    }
  }

  private static func ngramLearning(order: Int, memory: Int) -> ModelLearning {
    switch order {
    case 0: learning(NGramModel<0>.self, memory)
    case 1: learning(NGramModel<1>.self, memory)
    case 2: learning(NGramModel<2>.self, memory)
    case 3: learning(NGramModel<3>.self, memory)
    case 4: learning(NGramModel<4>.self, memory)
    case 5: learning(NGramModel<5>.self, memory)
    default: learning(NGramModel<6>.self, memory)
    }
  }

  // Inlined, so that the bridge is specialised for the one model that is named at each call.
  @inline(__always)
  private static func codec<let order: Int>(
    _ model: NGramModel<order>.Type, _ memory: Int
  ) -> ModelCodec {
    ModelCodec { byteCount throws(BPBError) in
      try NGramModel<order>(memory: memory, byteCount: byteCount)
    }
  }

  @inline(__always)
  private static func learning<let order: Int>(
    _ model: NGramModel<order>.Type, _ memory: Int
  ) -> ModelLearning {
    ModelLearning { byteCount throws(BPBError) in
      try NGramModel<order>(memory: memory, byteCount: byteCount)
    }
  }
}

import BPBCore

extension ModelFamilies {
  /// Version of the memoizer's predictions; a change of any coded byte changes it.
  static let memoizerVersion = "1"

  static let memoizer = MethodFamily(
    name: "memoizer", kind: .model,
    summary: "sequence memoizer: Pitman-Yor processes over contexts of all lengths",
    parameters: [
      MethodParameter(
        "memory", .size(1 << 16...16 << 30), default: "64MiB",
        summary: "most memory for contexts and text"),
      MethodParameter(
        "mixing", .choice(["bits", "none"]), default: "bits",
        summary: "bits: the levels are mixed once more for every bit; none: the process itself"),
    ],
    version: { memoizerVersion }
  ) { values throws(BPBError) in
    let memory = values.integer("memory")
    let need = memory + 3 << 20
    return Method(
      name: values.name, version: memoizerVersion,
      codec: values.text("mixing") == "none" ? plainCodec(memory) : mixedCodec(memory),
      memory: MemoryNeed(encoder: need, decoder: need),
      expectedSpeed: 5e5, decoderBytes: Program.byteCount,
      framingNote: "its length as LEB128, 1 to 9 bytes")
  }

  private static func plainCodec(_ memory: Int) -> ModelCodec {
    ModelCodec { byteCount throws(BPBError) in
      try SequenceMemoizer(memory: memory, byteCount: byteCount)
    }
  }

  private static func mixedCodec(_ memory: Int) -> ModelCodec {
    ModelCodec { byteCount throws(BPBError) in
      try MixedMemoizer(memory: memory, byteCount: byteCount)
    }
  }
}

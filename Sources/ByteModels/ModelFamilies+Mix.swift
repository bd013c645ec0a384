import BPBCore
import CKernels

extension ModelFamilies {
  /// Version of the mixes' predictions; a change of any coded byte changes it.
  private static let mixVersion = "1"

  static let mix = MethodFamily(
    name: "mix", kind: .model,
    summary: "context mixing: histories of many contexts, weighted by a mixer that learns",
    parameters: [
      MethodParameter(
        "level", .choice(["balanced", "fast", "max"]), default: "balanced",
        summary: "fast; balanced; max: smallest and slowest"),
      MethodParameter(
        "memory", .size(1 << 20...16 << 30), default: "512MiB", summary: "most memory for contexts"),
    ],
    version: { mixVersion }
  ) { values throws(BPBError) in
    let level = MixLevel.all.first { $0.name == values.text("level") } ?? .balanced
    let memory = values.integer("memory")
    let need = MixMemory.most(level, memory)
    return Method(
      name: values.name, version: mixVersion, codec: mixCodec(level, memory),
      memory: MemoryNeed(encoder: need, decoder: need), expectedSpeed: level.speed,
      decoderBytes: Program.byteCount, framingNote: "its length as LEB128, 1 to 9 bytes")
  }

  private static func mixCodec(_ level: MixLevel, _ memory: Int) -> ModelCodec {
    level.counts
      ? ModelCodec { byteCount throws(BPBError) in
        try MixModel<CountedEvidence>(
          level, memory: memory, byteCount: byteCount, kernels: MixingKernels.current)
      }
      : ModelCodec { byteCount throws(BPBError) in
        try MixModel<HistoryEvidence>(
          level, memory: memory, byteCount: byteCount, kernels: MixingKernels.current)
      }
  }
}

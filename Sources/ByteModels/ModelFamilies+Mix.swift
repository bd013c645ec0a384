import BPBCore
import CKernels

extension ModelFamilies {
  /// Version of the mixes' predictions; a change of any coded byte changes it.
  private static let mixVersion = "1"

  static let mix = MethodFamily(
    name: "mix", kind: .model,
    summary: "context mixing: histories of many contexts, weighted by a mixer that learns",
    parameters: mixParameters, version: { mixVersion }
  ) { values throws(BPBError) in
    let level = try level(values)
    let memory = values.integer("memory")
    let need = MixMemory.most(level, memory)
    return Method(
      name: values.name, version: mixVersion, codec: mixCodec(level, memory),
      memory: MemoryNeed(encoder: need, decoder: need), expectedSpeed: level.speed,
      decoderBytes: Program.byteCount, framingNote: "its length as LEB128, 1 to 9 bytes")
  }
  .ofParts("without") { namedLevel($0).parts.map(\.name) }

  /// What is left out of a level that is whole.
  private static let wholeLevel = "nothing"

  private static let mixParameters = [
    MethodParameter(
      "level", .choice(["balanced", "fast", "max"]), default: "balanced",
      summary: "fast; balanced; max: smallest and slowest"),
    MethodParameter(
      "memory", .size(1 << 20...16 << 30), default: "512MiB", summary: "most memory for contexts"),
    MethodParameter(
      "without", .part, default: wholeLevel,
      summary: "a part to leave out, as order-3; 'bpb ablate' tries each"),
  ]

  private static func namedLevel(_ values: MethodValues) -> MixLevel {
    MixLevel.all.first { $0.name == values.text("level") } ?? .balanced
  }

  /// The level that is asked for, without what is to be left out.
  private static func level(_ values: MethodValues) throws(BPBError) -> MixLevel {
    let level = namedLevel(values)
    guard let part = values.text("without"), part != wholeLevel else { return level }
    guard let rest = level.without(part) else {
      throw BPBError(
        .usage, "has no part '\(part)'", subject: "method '\(values.name)'",
        advice: "its parts are \(level.parts.map(\.name).joined(separator: ", "))")
    }
    return rest
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

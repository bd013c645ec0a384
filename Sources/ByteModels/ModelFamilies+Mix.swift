import BPBCore
import CKernels

extension ModelFamilies {
  /// Version of the mixes' predictions; a change of any coded byte changes it.
  private static let mixVersion = "6"

  /// - Parameter guests: who may be asked to take part; nil where there is nobody.
  static func mix(guests: GuestList?) -> MethodFamily {
    MethodFamily(
      name: "mix", kind: .model,
      summary: "context mixing: histories of many contexts, weighted by a mixer that learns",
      parameters: mixParameters, version: { mixVersion }
    ) { values throws(BPBError) in
      let level = try level(values)
      let memory = values.integer("memory")
      let guest = try guest(values, among: guests)
      let need = MixMemory.most(level, memory) + (guest?.memory ?? 0)
      let origin = guest?.origin
      var method = Method(
        name: values.name, version: origin.map { "\(mixVersion), \($0.version)" } ?? mixVersion,
        codec: mixCodec(level, memory, guest),
        memory: MemoryNeed(encoder: need, decoder: need),
        expectedSpeed: min(level.speed, guest?.speed ?? .infinity),
        modelBytes: origin?.byteCount ?? 0, parameterCount: guest?.parameterCount,
        modelHash: origin?.hash, decoderBytes: Program.byteCount,
        framingNote: "its length as LEB128, 1 to 9 bytes", needsSameVersion: origin != nil)
      method.learnedFrom = origin?.learnedFrom ?? []
      return method
    }
    .ofParts("without") { namedLevel($0).parts.map(\.name) }
  }

  private static func guest(
    _ values: MethodValues, among guests: GuestList?
  ) throws(BPBError) -> InvitedGuest? {
    guard let text = values.text("neural"), text != nobody else { return nil }
    guard let guests else {
      throw BPBError(
        .usage, "there are no networks here", subject: "method '\(values.name)'",
        advice: "leave 'neural' out")
    }
    return try guests(MethodSpec(parsing: text))
  }

  /// What is said of a mix without a network.
  private static let nobody = "none"

  /// What is left out of a level that is whole.
  private static let wholeLevel = "nothing"

  private static let mixParameters = [
    MethodParameter(
      "level", .choice(["balanced", "fast", "max"]), default: "balanced",
      summary: "fast; balanced; max: smallest and slowest"),
    MethodParameter(
      "memory", .size(1 << 20...16 << 30), default: "512MiB", summary: "most memory for contexts"),
    MethodParameter(
      "neural", .choiceOrMethod([nobody]), default: nobody,
      summary:
        "a network to listen to: [gru:width=256], which learns, or [model:FILE]"),
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
        advice: Suggestion.advice(for: part, among: level.parts.map(\.name))
          ?? "'bpb ablate' names all parts")
    }
    return rest
  }

  private static func mixCodec(
    _ level: MixLevel, _ memory: Int, _ guest: InvitedGuest?
  ) -> ModelCodec {
    ModelCodec { byteCount throws(BPBError) in
      try MixModel(
        level, memory: memory, byteCount: byteCount, guest: try guest?.make(byteCount),
        kernels: MixingKernels.current)
    }
  }
}

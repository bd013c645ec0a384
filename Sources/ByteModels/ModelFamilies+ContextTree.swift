import BPBCore

/// Context-tree weighting's row of the method table.
extension ModelFamilies {
  /// Version of the model's predictions; a change of any coded byte changes it.
  static let contextTreeVersion = "1"

  static let contextTree = MethodFamily(
    name: "ctw", kind: .model,
    summary: "context-tree weighting: all context trees up to a depth, weighted",
    parameters: [
      MethodParameter(
        "depth", .integer(ContextTree.depths), default: "8", summary: "longest context in bytes"),
      MethodParameter(
        "memory", .size(1 << 16...16 << 30), default: "256MiB", summary: "most memory for contexts"),
      MethodParameter(
        "estimator", .choice(["inherit", "kt"]), default: "inherit",
        summary: "inherit: leaning on shorter contexts; kt: as published, with its proof"),
    ],
    version: { contextTreeVersion }
  ) { values throws(BPBError) in
    let depth = values.integer("depth")
    let memory = values.integer("memory")
    let need = memory + 16 << 20  // the refinement takes 14 MiB
    return Method(
      name: values.name, version: contextTreeVersion,
      codec: contextTreeCodec(depth: depth, memory: memory, estimator: values.text("estimator")),
      memory: MemoryNeed(encoder: need, decoder: need),
      expectedSpeed: 1e7 / Double(depth + 1), decoderBytes: Program.byteCount,
      framingNote: "its length as LEB128, 1 to 9 bytes")
  }

  private static func contextTreeCodec(depth: Int, memory: Int, estimator: String?) -> ModelCodec {
    if estimator == "kt" {
      return ModelCodec { byteCount throws(BPBError) in
        try ContextTreeModel<KrichevskyTrofimovEstimator>(
          depth: depth, memory: memory, byteCount: byteCount)
      }
    }
    return ModelCodec { byteCount throws(BPBError) in
      try ContextTreeModel<InheritingEstimator>(
        depth: depth, memory: memory, byteCount: byteCount)
    }
  }
}

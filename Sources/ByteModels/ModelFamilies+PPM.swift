import BPBCore

extension ModelFamilies {
  /// Version of the PPM models' predictions; a change of any coded byte changes it.
  private static let ppmVersion = "1"

  static let ppm = MethodFamily(
    name: "ppm", kind: .model,
    summary: "prediction by partial matching (PPMII), mixed with words and repetitions",
    parameters: [
      MethodParameter(
        "variant", .choice(["mixed", "best", "h"]), default: "mixed",
        summary: "mixed; best: smaller and slower; h: as PPMd variant H, for comparison"),
      MethodParameter(
        "order", .integer(PPMTree.orders), default: nil,
        summary: "longest context in bytes; 6, or 8 for best"),
      MethodParameter(
        "memory", .size(1 << 20...4 << 30 - 1 << 20), default: "256MiB",
        summary: "most memory for contexts; when it is full they are learned anew"),
    ],
    version: { ppmVersion }
  ) { values throws(BPBError) in
    let variant = values.text("variant")
    let order = values.optionalInteger("order") ?? (variant == "best" ? 8 : 6)
    let memory = values.integer("memory")
    let (codec, speed) =
      switch variant {
      case "best": (strongPPM(order, memory), 2e6)
      case "h": (plainPPM(order, memory), 12e6)
      default: (mixedPPM(order, memory), 8e6)
      }
    return Method(
      name: values.name, version: ppmVersion, codec: codec,
      memory: MemoryNeed(encoder: memory, decoder: memory), expectedSpeed: speed,
      decoderBytes: Program.byteCount, framingNote: "its length as LEB128, 1 to 9 bytes")
  }

  private static func plainPPM(_ order: Int, _ memory: Int) -> ModelCodec {
    ModelCodec { byteCount throws(BPBError) in
      let tree = try PPMTree(order: order, memory: treeBytes(memory, order, byteCount))
      return PPMModel(tree: tree, decisions: PlainDecisions())
    }
  }

  private static func mixedPPM(_ order: Int, _ memory: Int) -> ModelCodec {
    ModelCodec { byteCount throws(BPBError) in
      let tree = try PPMTree(order: order, memory: treeBytes(memory, order, byteCount))
      let decisions = try MixedDecisions(byteCount: byteCount)
      return PPMModel(tree: tree, decisions: decisions)
    }
  }

  private static func strongPPM(_ order: Int, _ memory: Int) -> ModelCodec {
    ModelCodec { byteCount throws(BPBError) in
      let tree = try PPMTree(order: order, memory: treeBytes(memory, order, byteCount))
      let decisions = try StrongDecisions(byteCount: byteCount)
      return PPMModel(tree: tree, decisions: decisions)
    }
  }

  /// What a text of that length can use at most, so that a small one gets a small stretch of memory.
  private static func treeBytes(_ memory: Int, _ order: Int, _ byteCount: Int) -> Int {
    let most = 1 << 20 + min(byteCount, 1 << 32) * 24 * (order + 2)
    return min(memory, most)
  }
}

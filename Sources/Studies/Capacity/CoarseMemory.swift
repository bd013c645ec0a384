import BPBCore
import NeuralModels

/// What a network still knows by heart with fewer bits of its weights. Each level is bytes that were read back: what is known
/// can be held against what really has to be kept.
///
/// Z. Allen-Zhu, Y. Li, "Physics of Language Models: Part 3.3" (2024), found eight bits to cost nothing and four bits to
/// cost most of what was stored, of facts in networks of millions of parameters.
struct CoarseMemory {
  static let whole = WeightsLevel.float(bits: 23)
  static let eight = WeightsLevel.uniform(bits: 8)
  static let four = WeightsLevel.uniform(bits: 4)
  static let levels: [WeightsLevel] =
    [whole, .float(bits: 7)] + [8, 6, 5, 4, 3].map { .uniform(bits: $0) }

  /// The names of a level's figures: bytes of the weights, and bits of the sequences that they save.
  static func bytesName(_ level: WeightsLevel) -> String { level.text + " bytes" }
  static func memorisedName(_ level: WeightsLevel) -> String { level.text + " memorised" }

  let sequences: RandomSequences
  let weights: Weights

  /// Figures of every level.
  var figures: [String: Double] {
    get throws(BPBError) {
      var figures: [String: Double] = [:]
      for level in Self.levels {
        guard let bytes = level.applied(to: weights).bytes else { continue }
        let read = Weights(weights.architecture)
        try level.decode(bytes.span, into: read)
        let ready = read.packed(for: .coding, kernels: NeuralRuntime.current.kernels)
        figures[Self.bytesName(level)] = Double(bytes.count)
        figures[Self.memorisedName(level)] = sequences.bitsMemorised(by: ready)
      }
      return figures
    }
  }
}

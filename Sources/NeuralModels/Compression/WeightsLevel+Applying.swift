package import BPBCore
import ByteModels

/// Weights that lost something, and the bytes that they take.
package struct LossyWeights {
  /// Not packed yet.
  package let weights: Weights
  /// What `WeightsLevel.decode` makes the very same weights of; nil where the level is no code.
  package let bytes: [UInt8]?
}

extension WeightsLevel {
  /// What this level leaves of `weights`, which are finite and stay as they are.
  ///
  /// The same weights give the same bytes on every machine: only basic IEEE operations in a fixed order.
  package func applied(to weights: Weights) -> LossyWeights {
    switch self {
    case .float(let bits):
      let copy = weights.copy()
      for tensor in copy.layout.tensors {
        let values = copy[tensor]
        for i in values.indices { values[i] = WeightsCode.rounded(values[i], bits: bits) }
      }
      return LossyWeights(weights: copy, bytes: WeightsCode.encode(copy, bits: bits))
    case .uniform(let bits), .blocks(let bits, _):
      let copy = weights.copy()
      let bytes = GridCode.encode(copy, bits: bits, block: block)
      return LossyWeights(weights: copy, bytes: bytes)
    case .pruned(let share, let rest):
      return rest.applied(to: weights.pruned(share: share))
    case .noise(let other, let seed):
      let lossy = other.applied(to: weights).weights
      let noisy = weights.noisy(asMuchAs: lossy, block: other.block, seed: seed)
      return LossyWeights(weights: noisy, bytes: nil)
    }
  }

  /// Reads the bytes that `applied(to:)` gave into `weights`, which are not packed yet.
  ///
  /// - Throws: `badData` for bytes that no encoder wrote: too few or too many, or a number that is none; and for
  ///   noise, which is no code.
  package func decode(_ coded: Span<UInt8>, into weights: Weights) throws(BPBError) {
    switch self {
    case .float(let bits): try WeightsCode.decode(coded, into: weights, bits: bits)
    case .uniform(let bits), .blocks(let bits, _):
      try GridCode.decode(coded, into: weights, bits: bits, block: block)
    case .pruned(_, let rest): try rest.decode(coded, into: weights)
    case .noise: throw BPBError(.badData, "weights with noise have no code")
    }
  }
}

extension Weights {
  /// The same parameters once more, not packed.
  func copy() -> Weights {
    let copy = Weights(architecture)
    copy.parameters.update(from: parameters, count: layout.bufferCount)
    return copy
  }

  /// These weights, their packed copies reserved and renewed.
  package func packed(for use: Use, kernels: Kernels = .best) -> Weights {
    reserve(use)
    repack(for: use, kernels: kernels)
    return self
  }
}

extension ParameterLayout.Tensor {
  /// Whether it has rows: a matrix or a table.
  var hasRows: Bool { shape.count == 2 }

  /// The stretches of its values that a level treats alike: rows in blocks of at most `block`; a vector as a whole.
  func groups(block: Int?) -> [Range<Int>] {
    let columns = hasRows ? shape[1] : count
    let size = min(hasRows ? block ?? columns : columns, columns)
    return stride(from: 0, to: count, by: max(columns, 1)).flatMap { row in
      stride(from: 0, to: columns, by: max(size, 1)).map { start in
        row + start..<row + min(start + size, columns)
      }
    }
  }
}

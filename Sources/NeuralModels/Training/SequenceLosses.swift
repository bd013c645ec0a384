import CKernels

/// What a network pays for sequences that have nothing to do with each other, each as if a line feed stood before it:
/// how much of them it knows by heart.
package final class SequenceLosses {
  private let time: Int
  private let kernels: Kernels
  private let network: any Network
  private let logits: FloatBuffer
  private static let together = 16

  /// The losses of a network of these weights on sequences of `time` bytes.
  package init(of weights: Weights, time: Int, kernels: Kernels) {
    self.time = time
    self.kernels = kernels
    network = weights.architecture.makeNetwork(
      weights: weights, kernels: kernels, sequences: Self.together, time: time, training: nil)
    logits = FloatBuffer(count: Self.together * time * 256)
  }

  /// Bits of each whole sequence of `text`.
  package func bits(of text: [UInt8]) -> [Double] {
    let count = text.count / time
    return stride(from: 0, to: count, by: Self.together).flatMap { first in
      bits(of: text, from: first, count: min(Self.together, count - first))
    }
  }

  private func bits(of text: [UInt8], from first: Int, count: Int) -> [Double] {
    var inputs = [UInt8](repeating: TextStart.byte, count: Self.together * time)
    for sequence in 0..<count {
      for t in 1..<time { inputs[sequence * time + t] = text[(first + sequence) * time + t - 1] }
    }
    network.reset()
    inputs.withUnsafeBufferPointer {
      network.extend(by: $0.baseAddress!, time: time, logits: logits.base)
    }
    var losses = [Float](repeating: 0, count: time)
    return (0..<count).map { sequence in
      text.withUnsafeBufferPointer { text in
        kernels.table.pointee.softmax_loss(
          time, logits.base + sequence * time * 256, text.baseAddress! + (first + sequence) * time,
          0, &losses)
      }
      return losses.reduce(0) { $0 + Double($1) } / 0.6931471805599453
    }
  }
}

import BPBCore
import NeuralModels

/// Sequences of uniform random bytes: nothing can be learned of them but by heart.
struct RandomSequences {
  /// Bytes of a sequence.
  static let length = 64

  let text: [UInt8]
  var count: Int { text.count / Self.length }
  /// Bits that it takes to tell them, in their order.
  var bits: Double { 8 * Double(text.count) }

  init(count: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    text = (0..<count * Self.length).map { _ in UInt8(truncatingIfNeeded: generator.next() >> 32) }
  }

  /// log2 n!: what may be saved by telling the sequences in any order, as training does.
  var orderBits: Double {
    (1...max(count, 1)).reduce(0) { $0 + Mathematics.log2(Double($1)) }
  }

  /// Bits that a network of these weights, which are ready to code by, saves over all sequences together: nothing if it
  /// saves none.
  func bitsMemorised(by weights: Weights) -> Double {
    let losses = SequenceLosses(
      of: weights, time: Self.length, kernels: NeuralRuntime.current.kernels)
    return max(0, bits - losses.bits(of: text).reduce(0, +))
  }
}

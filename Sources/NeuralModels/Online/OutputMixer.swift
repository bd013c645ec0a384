import CKernels

/// One distribution from the logits of several models: their weighted sum. Weights come from several sets, of each of which
/// one class of contexts selects a row, are added up, and learn by gradient (logistic mixing over 256 outcomes; Mahoney,
/// "Adaptive weighing of context models for lossless data compression", 2005).
///
/// Logits need not be normalised: a constant that all of a model's have in common changes nothing.
final class OutputMixer {
  private let kernels: UnsafePointer<bpb_kernels>
  private let inputs: Int
  /// [sets]: weights [classes][inputs].
  private var weights: [[Float]]
  private static let rate: Float = 0.002

  /// - Parameters:
  ///   - initial: the weight of each model at first.
  ///   - classes: how many there are, of each set.
  init(initial: [Float], classes: [Int], kernels: Kernels) {
    self.kernels = kernels.table
    inputs = initial.count
    let share = initial.map { $0 / Float(classes.count) }
    weights = classes.map { count in (0..<count).flatMap { _ in share } }
  }

  /// mixed [256] from logits [inputs][256]; `classes` [sets].
  func mix(
    _ logits: UnsafePointer<Float>, classes: UnsafePointer<Int>,
    into mixed: UnsafeMutablePointer<Float>
  ) {
    for input in 0..<inputs {
      var weight: Float = 0
      for set in weights.indices { weight += weights[set][classes[set] * inputs + input] }
      kernels.pointee.blend(256, weight, logits + input * 256, input == 0 ? 0 : 1, mixed)
    }
  }

  /// Moves the weights that were used against the gradient of the loss in the mixed logits.
  func learn(
    _ logits: UnsafePointer<Float>, classes: UnsafePointer<Int>, gradient: UnsafePointer<Float>
  ) {
    for input in 0..<inputs {
      let step = Self.rate * kernels.pointee.dot(256, gradient, logits + input * 256)
      for set in weights.indices { weights[set][classes[set] * inputs + input] -= step }
    }
  }
}

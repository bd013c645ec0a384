import CKernels

/// One distribution from the logits of two models: weighted sums whose weights learn by gradient, a set of them for
/// each class of context (logistic mixing over 256 outcomes; Mahoney, "Adaptive weighing of context models", 2005).
///
/// Logits need not be normalised: a constant that all of a model's have in common changes nothing.
final class OutputMixer {
  private let kernels: UnsafePointer<bpb_kernels>
  /// [classes][2].
  private var weights: [Float]
  private static let rate: Float = 0.002
  /// The network's logits mean little at first.
  private static let initialWeights: [Float] = [0.2, 0.9]

  init(classes: Int, kernels: Kernels) {
    self.kernels = kernels.table
    weights = (0..<classes).flatMap { _ in Self.initialWeights }
  }

  /// mixed [256] from the two rows of logits.
  func mix(
    _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, class: Int,
    into mixed: UnsafeMutablePointer<Float>
  ) {
    mixed.update(from: first, count: 256)
    kernels.pointee.blend(256, weights[2 * `class` + 1], second, weights[2 * `class`], mixed)
  }

  /// Moves the weights of a class against the gradient of the loss in the mixed logits.
  func learn(
    _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, class: Int,
    gradient: UnsafePointer<Float>
  ) {
    weights[2 * `class`] -= Self.rate * kernels.pointee.dot(256, gradient, first)
    weights[2 * `class` + 1] -= Self.rate * kernels.pointee.dot(256, gradient, second)
  }
}

import CKernels
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

@Suite struct OptimiserKernelTests {
  private func step(_ t: Int) -> bpb_adamw {
    bpb_adamw(
      rate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 0.1,
      correction1: Float(1 - pow(0.9, Double(t))), correction2: Float(1 - pow(0.99, Double(t))),
      gradient_scale: 0.5)
  }

  /// Three steps of AdamW by its formulas, [weights, means, squares].
  private func reference(_ weights: [Float], _ gradients: [[Float]]) -> [[Double]] {
    var w = weights.map(Double.init)
    var (m, v) = (w.map { _ in 0.0 }, w.map { _ in 0.0 })
    for (t, gradient) in gradients.enumerated() {
      for i in w.indices {
        let g = 0.5 * Double(gradient[i])
        m[i] = 0.9 * m[i] + 0.1 * g
        v[i] = 0.99 * v[i] + 0.01 * g * g
        let direction = m[i] / (1 - pow(0.9, Double(t + 1)))
        let size = (v[i] / (1 - pow(0.99, Double(t + 1)))).squareRoot() + 1e-8
        w[i] -= 0.01 * (direction / size + 0.1 * w[i])
      }
    }
    return [w, m, v]
  }

  @Test(arguments: KernelTesting.awkwardWidths) func threeSteps(n: Int) {
    var numbers = Numbers(seed: n)
    let weights = numbers(n)
    let gradients = (0..<3).map { _ in numbers(n) }
    let results = KernelTesting.sameBits { kernels in
      var (w, m, v) = (weights, weights.map { _ in Float(0) }, weights.map { _ in Float(0) })
      for (t, gradient) in gradients.enumerated() {
        var step = step(t + 1)
        kernels.adamw(n, &step, gradient, &w, &m, &v)
      }
      return [w, m, v]
    }
    for (got, wanted) in zip(results, reference(weights, gradients)) {
      KernelTesting.expectClose(got, wanted, tolerance: 1e-5)
    }
  }

  /// A weight without a gradient decays and moves no further.
  @Test func zeroGradientIsHarmless() {
    let results = KernelTesting.sameBits { kernels in
      var (w, m, v) = ([Float(2)], [Float(0)], [Float(0)])
      var step = step(1)
      kernels.adamw(1, &step, [0], &w, &m, &v)
      return [w, m, v]
    }
    KernelTesting.expectClose(results[0], [2 - 0.01 * 0.1 * 2])
    #expect(results[1] == [0] && results[2] == [0])
  }
}

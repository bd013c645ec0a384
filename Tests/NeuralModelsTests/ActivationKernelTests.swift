import CKernels
import Testing

@Suite struct ActivationKernelTests {
  static let kinds = [BPB_IDENTITY, BPB_RELU_SQUARED, BPB_GELU, BPB_TANH].map(\.rawValue)

  @Test(arguments: kinds) func valuesAndSlopes(kind: UInt32) {
    let activation = bpb_activation(rawValue: kind)
    for n in KernelTesting.awkwardWidths {
      var numbers = Numbers(seed: n)
      let x = numbers(n, range: 4)
      let dy = numbers(n)
      let results = KernelTesting.sameBits { kernels in
        var y = x
        var dx = dy
        kernels.activate(Int32(kind), n, x, &y)
        kernels.activate_backward(Int32(kind), n, x, dx, &dx)
        return [y, dx]
      }
      KernelTesting.expectClose(
        results[0], x.map { KernelReference.activation(activation, Double($0)) })
      let slopes = KernelTesting.gradient(at: x) { x in
        KernelTesting.dot(x.map { KernelReference.activation(activation, $0) }, dy)
      }
      KernelTesting.expectClose(results[1], slopes, tolerance: 1e-5)
    }
  }
}

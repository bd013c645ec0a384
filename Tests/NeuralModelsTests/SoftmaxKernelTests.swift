import CKernels
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

@Suite struct SoftmaxKernelTests {
  @Test(arguments: KernelTesting.awkwardWidths) func rows(columns: Int) {
    var numbers = Numbers(seed: columns)
    let x = numbers(3 * columns, range: 20)
    let results = KernelTesting.sameBits { kernels in
      var y = x
      kernels.softmax(3, columns, &y)
      return [y]
    }
    let wanted = stride(from: 0, to: x.count, by: columns).flatMap {
      KernelReference.softmax(x[$0..<$0 + columns].map(Double.init))
    }
    KernelTesting.expectClose(results[0], wanted)
  }

  /// More rows than share a logarithm.
  @Test func lossesAndTheirGradient() {
    let rows = 18
    let scale: Float = 0.25
    var numbers = Numbers(seed: 3)
    let x = numbers(256 * rows, range: 8)
    let targets = numbers.bytes(rows)
    let results = KernelTesting.sameBits { kernels in
      var (gradient, losses) = (x, [Float](repeating: 0, count: rows))
      kernels.softmax_loss(rows, &gradient, targets, scale, &losses)
      return [gradient, losses]
    }
    for row in 0..<rows {
      let columns = 256 * row..<256 * (row + 1)
      var wanted = KernelReference.softmax(x[columns].map(Double.init))
      let target = Int(targets[row])
      KernelTesting.expectClose([results[1][row]], [-log(wanted[target])])
      wanted[target] -= 1
      KernelTesting.expectClose(Array(results[0][columns]), wanted.map { $0 * Double(scale) })
    }
  }

  @Test func lossesAloneLeaveTheLogits() {
    var numbers = Numbers(seed: 4)
    let x = numbers(256)
    let results = KernelTesting.sameBits { kernels in
      var (logits, losses) = (x, [Float](repeating: 0, count: 1))
      kernels.softmax_loss(1, &logits, [7], 0, &losses)
      return [logits, losses]
    }
    #expect(results[0] == x)
    KernelTesting.expectClose(results[1], [-log(KernelReference.softmax(x.map(Double.init))[7])])
  }

  /// A target all but impossible still has a finite loss.
  @Test func lossOfAnUnlikelyTarget() {
    var x = [Float](repeating: 0, count: 256)
    x[3] = 500
    let losses = KernelTesting.sameBits { kernels in
      var (logits, losses) = (x, [Float](repeating: 0, count: 1))
      kernels.softmax_loss(1, &logits, [7], 0, &losses)
      return [losses]
    }
    KernelTesting.expectClose(losses[0], [500])
  }
}

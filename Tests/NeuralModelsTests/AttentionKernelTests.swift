import CKernels
import NeuralModels
import Testing

@Suite struct AttentionKernelTests {
  struct Shape: Sendable, CustomTestStringConvertible {
    var time, heads, headWidth: Int
    var row: Int { heads * headWidth }
    var testDescription: String { "\(time) x \(heads) x \(headWidth)" }
  }

  /// Few queries, less than a block, over one and two blocks; widths that fill no vector and more than a panel.
  static let shapes = [
    Shape(time: 1, heads: 1, headWidth: 1), Shape(time: 5, heads: 2, headWidth: 7),
    Shape(time: 17, heads: 1, headWidth: 33), Shape(time: 33, heads: 2, headWidth: 16),
    Shape(time: 50, heads: 1, headWidth: 15), Shape(time: 115, heads: 1, headWidth: 17),
  ]

  private struct Inputs {
    var q, k, v, dOut: [Float]

    init(_ shape: Shape) {
      var numbers = Numbers(seed: shape.time)
      let count = shape.time * shape.row
      (q, k) = (numbers(count, range: 2), numbers(count, range: 2))
      (v, dOut) = (numbers(count), numbers(count))
    }
  }

  private let scale: Float = 0.3

  private func call(_ shape: Shape, _ inputs: Inputs, first: Int = 0, queries: Int? = nil)
    -> AttentionCall
  {
    AttentionCall(
      heads: shape.heads, headWidth: shape.headWidth, scale: scale, q: inputs.q, k: inputs.k,
      v: inputs.v,
      first: first, queries: queries)
  }

  @Test(arguments: shapes) func mixesTheValues(shape: Shape) {
    let inputs = Inputs(shape)
    let results = KernelTesting.sameBits { kernels in
      let (out, probabilities) = call(shape, inputs).forward(kernels)
      return [out, probabilities]
    }
    let wanted = KernelReference.attention(
      inputs.q.map(Double.init), inputs.k.map(Double.init), inputs.v.map(Double.init),
      heads: shape.heads,
      headWidth: shape.headWidth, scale: Double(scale))
    KernelTesting.expectClose(results[0], wanted)
    expectDistributions(results[1], shape)
  }

  /// The probabilities of what a query sees sum to 1.
  private func expectDistributions(_ probabilities: [Float], _ shape: Shape) {
    let padded = (shape.time + 31) / 32 * 32
    for row in 0..<shape.heads * shape.time {
      let start = row * padded
      let seen = start..<start + row % shape.time + 1
      #expect(abs(probabilities[seen].reduce(0, +) - 1) < 1e-5)
    }
  }

  /// What lets a decoder repeat an encoder: alone, a query has the bits that it has among all others.
  @Test(arguments: shapes) func oneQueryAtATimeGivesTheSameBits(shape: Shape) {
    let inputs = Inputs(shape)
    for kernels in KernelTesting.tables {
      let all = call(shape, inputs).forward(kernels)
      for queries in [1, 2, 30] {
        let firsts = stride(from: 0, to: shape.time, by: queries).filter {
          $0 + queries <= shape.time
        }
        for first in firsts.suffix(40) {
          let alone = call(shape, inputs, first: first, queries: queries).forward(kernels)
          let among = all.out[first * shape.row..<(first + queries) * shape.row]
          #expect(alone.out.map(KernelTesting.bits) == among.map(KernelTesting.bits))
        }
      }
    }
  }

  /// By differences along random directions, which see every element and are cheap.
  @Test(arguments: shapes) func gradients(shape: Shape) {
    let inputs = Inputs(shape)
    let gradients = KernelTesting.sameBits { kernels in
      let call = call(shape, inputs)
      _ = call.forward(kernels)
      return call.backward(kernels, dOut: inputs.dOut)
    }
    let wide = [inputs.q, inputs.k, inputs.v].map { $0.map(Double.init) }
    var numbers = Numbers(seed: 99)
    for input in 0..<3 {
      for _ in 0..<3 {
        let direction = numbers(inputs.q.count)
        func loss(_ step: Double) -> Double {
          var moved = wide
          for i in direction.indices { moved[input][i] += step * Double(direction[i]) }
          let out = KernelReference.attention(
            moved[0], moved[1], moved[2], heads: shape.heads, headWidth: shape.headWidth,
            scale: Double(scale))
          return KernelTesting.dot(out, inputs.dOut)
        }
        let wanted = (loss(1e-4) - loss(-1e-4)) / 2e-4
        let got = KernelTesting.dot(gradients[input].map(Double.init), direction)
        let size = KernelTesting.dot(gradients[input].map { abs(Double($0)) }, direction.map(abs))
        #expect(abs(got - wanted) <= 1e-4 * max(size, 1e-3))
      }
    }
  }
}

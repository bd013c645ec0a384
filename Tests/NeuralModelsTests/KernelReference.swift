import CKernels

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The kernels' formulas in double precision, as plainly as they can be said.
enum KernelReference {
  static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  static func activation(_ kind: bpb_activation, _ x: Double) -> Double {
    switch kind {
    case BPB_RELU_SQUARED: return max(x, 0) * max(x, 0)
    case BPB_GELU:
      return x / 2 * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    case BPB_TANH: return tanh(x)
    default: return x
    }
  }

  static func rmsNorm(_ x: [Double], gain: [Double]) -> [Double] {
    rows(x, gain.count) { row in
      let inverse = 1 / (mean(row.map { $0 * $0 }) + 1e-6).squareRoot()
      return zip(row, gain).map { $0 * inverse * $1 }
    }
  }

  static func layerNorm(_ x: [Double], gain: [Double], shift: [Double]) -> [Double] {
    rows(x, gain.count) { row in
      let middle = mean(row)
      let inverse = 1 / (mean(row.map { ($0 - middle) * ($0 - middle) }) + 1e-5).squareRoot()
      return row.indices.map { (row[$0] - middle) * inverse * gain[$0] + shift[$0] }
    }
  }

  static func softmax(_ x: [Double]) -> [Double] {
    let largest = x.max() ?? 0
    let powers = x.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// Causal attention from the first position on; all matrices are [time][heads * headWidth].
  static func attention(
    _ q: [Double], _ k: [Double], _ v: [Double], heads: Int, headWidth: Int, scale: Double
  ) -> [Double] {
    let row = heads * headWidth
    var out = [Double](repeating: 0, count: q.count)
    for i in 0..<q.count / row {
      for head in 0..<heads {
        let columns = head * headWidth..<(head + 1) * headWidth
        let scores = (0...i).map { j in
          scale * columns.reduce(0) { $0 + q[i * row + $1] * k[j * row + $1] }
        }
        for (j, probability) in softmax(scores).enumerated() {
          for column in columns { out[i * row + column] += probability * v[j * row + column] }
        }
      }
    }
    return out
  }

  /// The next state.
  static func gru(_ x: [Double], _ s: [Double], _ h: [Double], width: Int) -> [Double] {
    h.indices.map { i in
      let gate = i / width * 3 * width + i % width
      let reset = sigmoid(x[gate] + s[gate])
      let update = sigmoid(x[gate + width] + s[gate + width])
      let new = tanh(x[gate + 2 * width] + reset * s[gate + 2 * width])
      return (1 - update) * new + update * h[i]
    }
  }

  /// The next cells, then the next states.
  static func lstm(_ gates: [Double], _ cell: [Double], width: Int) -> [Double] {
    var cells: [Double] = []
    var states: [Double] = []
    for i in cell.indices {
      let gate = i / width * 4 * width + i % width
      let next =
        sigmoid(gates[gate + width]) * cell[i] + sigmoid(gates[gate])
        * tanh(gates[gate + 2 * width])
      cells.append(next)
      states.append(sigmoid(gates[gate + 3 * width]) * tanh(next))
    }
    return cells + states
  }

  private static func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }

  private static func rows(
    _ x: [Double], _ columns: Int, _ body: ([Double]) -> [Double]
  ) -> [Double] {
    stride(from: 0, to: x.count, by: columns).flatMap { body(Array(x[$0..<$0 + columns])) }
  }
}

/// How much of a network's weights is kept: a point on the curve of rate against distortion.
///
/// Only matrices and embeddings lose what a level says. Vectors, that is gains and biases, are few and much depends on
/// each: they keep `vectorBits` bits of significand, unless the level is one of floats.
package indirect enum WeightsLevel: Sendable, Hashable {
  /// Floats whose significands have so many bits after the leading one: 23 is float32, 7 bfloat16.
  case float(bits: Int)
  /// Whole multiples of one step a row, 2^bits - 1 of them around zero: 2 bits are -1, 0 and 1. 2...8 bits.
  case uniform(bits: Int)
  /// The same with a step for every `block` weights of a row, and for what is left at its end.
  case blocks(bits: Int, block: Int)
  /// A share of the weights in matrices, the smallest ones, set to zero, 0...1, and what stays at another level.
  case pruned(share: Double, rest: WeightsLevel)
  /// The whole weights, with noise that is as large as what the other level does to them: in every row or block of the same
  /// root of mean square, but of no structure. A control, which is no code.
  case noise(like: WeightsLevel, seed: UInt64)

  /// Bits of a vector's significand after the leading one: bfloat16.
  package static let vectorBits = 7
  /// Bits that a grid may have.
  package static let gridBits = 2...8

  /// The level as text: "uniform:bits=4", "prune:share=0.8:rest=[float:bits=4]".
  package var text: String {
    switch self {
    case .float(let bits): "float:bits=\(bits)"
    case .uniform(let bits): "uniform:bits=\(bits)"
    case .blocks(let bits, let block): "blocks:bits=\(bits):block=\(block)"
    case .pruned(let share, let rest): "prune:share=\(share):rest=[\(rest.text)]"
    case .noise(let other, let seed): "noise:like=[\(other.text)]:seed=\(seed)"
    }
  }

  /// Weights of a row that share what the level does to them; nil for the whole row.
  var block: Int? {
    switch self {
    case .float, .uniform: nil
    case .blocks(_, let block): block
    case .pruned(_, let rest): rest.block
    case .noise(let other, _): other.block
    }
  }
}

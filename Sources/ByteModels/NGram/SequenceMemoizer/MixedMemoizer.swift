public import BPBCore

/// A sequence memoizer whose levels are mixed once more, bit by bit.
///
/// Each level's distribution, from order 1 up to the longest match, gives a probability of the next bit of
/// the byte; their log odds are mixed by learned weights. The memoizer itself learns as it does alone.
public struct MixedMemoizer: ByteModel, ~Copyable {
  var model: SequenceMemoizer
  let levels = LevelDistributions()
  let mixer = LevelMixer()
  let logarithms = BinaryLogarithms()
  /// Levels that are mixed: all but order 0.
  private static let inputs = 8

  /// - Parameters:
  ///   - memory: the most bytes that the model may take, apart from about 2.5 MB.
  ///   - byteCount: raw bytes to come, so that a small input gets small tables.
  /// - Throws: `methodFailed` when there is no memory.
  public init(memory: Int, byteCount: Int) throws(BPBError) {
    model = try SequenceMemoizer(memory: memory, byteCount: byteCount)
  }

  public var memoryBytes: Int { model.memoryBytes + mixer.memoryBytes }

  public mutating func code<C: SymbolCoder & ~Copyable>(_ byte: UInt8, with coder: inout C) -> UInt8
  {
    model.look()
    levels.fill(model.chain)
    var node = 1
    for shift in (0..<8).reversed() {
      let bit = UInt32(byte &>> UInt8(truncatingIfNeeded: shift)) & 1
      node = node &* 2 &+ Int(code(bit, node: node, with: &coder))
    }
    let coded = UInt8(truncatingIfNeeded: node)
    model.observe(coded)
    return coded
  }

  /// Codes one bit of a byte whose bits so far are `node`, after a one.
  @inline(__always)
  private mutating func code<C: SymbolCoder & ~Copyable>(
    _ bit: UInt32, node: Int, with coder: inout C
  ) -> UInt32 {
    let inputs = logOdds(node)
    let sets = LevelMixer.Sets(
      deepest: model.chain.deepest, node: node, previous: Int(model.history & 255))
    let probability = 1 / (1 + logarithms.exp2(-mixer.mix(inputs, sets)))
    let parts = UInt32(min(max(probability * 65536, 1), 65535))
    let coded = coder.code(bit: bit, probability: parts)
    mixer.learn(inputs, sets, error: Float(coded) - probability)
    return coded
  }

  /// The levels' log odds that the bit after those of `node` is a one.
  @inline(__always)
  private func logOdds(_ node: Int) -> SIMD8<Float> {
    let half = 128 &>> (node.bitWidth &- 1 &- node.leadingZeroBitCount)
    let first = node &* 2 &* half &- 256
    var inputs = SIMD8<Float>(repeating: 0)
    for input in 0..<Self.inputs {
      let ones = levels.mass(input &+ 1, first: first &+ half, count: half)
      let zeros = levels.mass(input &+ 1, first: first, count: half)
      inputs[input] = logarithms.log2(ones) - logarithms.log2(zeros)
    }
    let limit = SIMD8<Float>(repeating: LevelMixer.limit)
    inputs.clamp(lowerBound: -limit, upperBound: limit)
    return inputs
  }
}

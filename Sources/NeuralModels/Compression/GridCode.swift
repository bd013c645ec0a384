import BPBCore
import ByteModels

/// The weights on grids as few bytes: each code's size, coded by how often sizes came; its sign; and what follows the
/// leading bit, two bits by how often they came and the others as they are.
///
/// Rows of zeros have a step of 0 and no codes. All matrices share what was learned of codes: measured in their own steps
/// they are distributed much alike, and a small network has no weights to spare for learning it again.
struct GridCode: ~Copyable {
  private static let modelledBits: UInt32 = 2
  /// A code's bits without its sign: 0...7.
  private static let sizeBits: UInt32 = 3
  private static let tails = 1 << Int(sizeBits)
  private static let contexts = tails + 8 << Int(modelledBits)

  private let bits: Int
  private var decisions = AdaptiveBits(count: GridCode.contexts)

  private init(bits: Int) {
    precondition(WeightsLevel.gridBits.contains(bits), "a grid has 2 to 8 bits")
    self.bits = bits
  }

  /// Puts the matrices of `weights` on grids, rounds the vectors, and gives the code of both.
  static func encode(_ weights: Weights, bits: Int, block: Int?) -> [UInt8] {
    var coder = RangeEncoder()
    var code = GridCode(bits: bits)
    for tensor in weights.layout.tensors {
      let values = weights[tensor]
      guard tensor.hasRows else {
        var vector = WeightsCode(bits: WeightsLevel.vectorBits)
        for i in values.indices {
          values[i] = WeightsCode.rounded(values[i], bits: WeightsLevel.vectorBits)
          _ = vector.pass(values[i], through: &coder)
        }
        continue
      }
      var steps = WeightsCode(bits: WeightsGrid.stepBits)
      for group in tensor.groups(block: block) {
        var grid = WeightsGrid(
          UnsafeBufferPointer(rebasing: UnsafeBufferPointer(values)[group]), bits: bits)
        code.pass(&grid, &steps, through: &coder)
        for (i, place) in group.enumerated() { values[place] = grid.value(i) }
      }
    }
    return coder.finished()
  }

  /// Reads what `encode` wrote into `weights`.
  ///
  /// - Throws: `badData` for bytes that no encoder wrote.
  static func decode(
    _ coded: Span<UInt8>, into weights: Weights, bits: Int, block: Int?
  ) throws(BPBError) {
    var reader = SnapshotReader(coded)
    var code = GridCode(bits: bits)
    for tensor in weights.layout.tensors {
      let values = weights[tensor]
      var numbers = WeightsCode(
        bits: tensor.hasRows ? WeightsGrid.stepBits : WeightsLevel.vectorBits)
      for group in tensor.groups(block: block) {
        if tensor.hasRows {
          var grid = WeightsGrid(zeros: group.count)
          code.pass(&grid, &numbers, through: &reader)
          for (i, place) in group.enumerated() { values[place] = grid.value(i) }
        } else {
          for place in group { values[place] = numbers.pass(0, through: &reader) }
        }
        guard !reader.isExhausted, values[group].allSatisfy(\.isFinite) else {
          throw BPBError(
            .badData, "the weights of '\(tensor.name)' end early, or are no numbers")
        }
      }
    }
    try reader.checkEnd()
  }
}

extension GridCode {
  /// Passes a grid of a known number of codes.
  private mutating func pass<C: SymbolCoder & ~Copyable>(
    _ grid: inout WeightsGrid, _ steps: inout WeightsCode, through coder: inout C
  ) {
    grid.step = steps.pass(grid.step, through: &coder)
    guard grid.step != 0 else { return }
    for i in grid.codes.indices { grid.codes[i] = pass(grid.codes[i], through: &coder) }
  }

  private mutating func pass<C: SymbolCoder & ~Copyable>(
    _ code: Int32, through coder: inout C
  ) -> Int32 {
    let magnitude = code.magnitude
    let own = UInt32(32 - magnitude.leadingZeroBitCount)
    // Only damage says more than a grid has.
    let size = min(
      decisions.code(own, width: Self.sizeBits, from: 0, with: &coder), UInt32(bits - 1))
    guard size > 0 else { return 0 }
    let sign = coder.code(bit: code < 0 ? 1 : 0, probability: evenOdds)
    let modelled = min(size - 1, Self.modelledBits)
    let rest = size - 1 - modelled
    let leading = decisions.code(
      magnitude >> rest & (1 << modelled - 1), width: modelled,
      from: Self.tails + Int(size) << Int(Self.modelledBits), with: &coder)
    let low = Self.even(magnitude, width: rest, through: &coder)
    let coded = Int32((1 << modelled | leading) << rest | low)
    return sign == 1 ? -coded : coded
  }

  /// The `width` lowest bits of `number`, of which nothing is known.
  private static func even<C: SymbolCoder & ~Copyable>(
    _ number: UInt32, width: UInt32, through coder: inout C
  ) -> UInt32 {
    (0..<width).reversed().reduce(0) { coded, shift in
      coded << 1 | coder.code(bit: number >> shift & 1, probability: evenOdds)
    }
  }
}

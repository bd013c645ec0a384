/// Draws replicates and blocks with replacement, and sums what was drawn.
package struct Resampler {
  /// How often each shared block was drawn.
  private var counts: [Double] = []

  package init() {}

  /// Draws `count` shared blocks of `count`, for all ratios until the next call.
  package mutating func drawBlocks(_ count: Int, using generator: inout some RandomNumberGenerator)
  {
    counts = [Double](repeating: 0, count: count)
    for _ in 0..<count { counts[generator.index(below: count)] += 1 }
  }

  /// Total bits over total bytes of as many replicates as there are, drawn with replacement.
  ///
  /// With shared blocks `drawBlocks` was called before, with the number of blocks of a replicate.
  package func ratio(
    of replicates: [Replicate], blocks design: BlockDesign,
    using generator: inout some RandomNumberGenerator
  ) -> Double {
    var total = BlockCost(bits: 0, bytes: 0)
    for _ in replicates {
      let drawn = replicates[generator.index(below: replicates.count)].blocks
      switch design {
      case .own: addOwn(drawn, to: &total, using: &generator)
      case .shared: addShared(drawn, to: &total)
      }
    }
    return total.bits / total.bytes
  }

  private func addOwn(
    _ blocks: [BlockCost], to total: inout BlockCost,
    using generator: inout some RandomNumberGenerator
  ) {
    for _ in blocks.indices {
      let block = blocks[generator.index(below: blocks.count)]
      total.bits += block.bits
      total.bytes += block.bytes
    }
  }

  private func addShared(_ blocks: [BlockCost], to total: inout BlockCost) {
    for i in blocks.indices {
      total.bits += counts[i] * blocks[i].bits
      total.bytes += counts[i] * blocks[i].bytes
    }
  }
}

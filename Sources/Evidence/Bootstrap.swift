/// The hierarchical bootstrap of total bits over total bytes: replicates are drawn with replacement, then
/// blocks.
///
/// Blocks of each replicate's own are drawn within it (A. C. Davison, D. V. Hinkley, "Bootstrap Methods and
/// their Application", 1997, section 3.8). Blocks that replicates share are drawn once for all of them (the
/// pigeonhole bootstrap of A. B. Owen, 2007): drawn apart, their difficulty would be averaged away.
///
/// With three or five runs the plain percentile interval is too short: of so few there are not many draws,
/// and their spread is itself a guess. The distance of each end from the estimate is therefore stretched by
/// t_ν / z, and is at least t_ν standard errors; ν are the degrees of freedom behind that standard error (F.
/// E. Satterthwaite, 1946), rounded down.
public struct Bootstrap: Sendable, Equatable {
  /// How often the data are drawn anew.
  public var draws: Int

  /// A bootstrap of `draws` draws, at least 1.
  public init(draws: Int = 2000) { self.draws = max(1, draws) }

  /// The distribution of total bits over total bytes of `replicates`.
  ///
  /// Nil when there is nothing to draw from: fewer than two blocks in all, replicates without bytes, figures
  /// that are not finite, or shared blocks whose bytes differ between replicates.
  public func distribution(
    of replicates: [Replicate], blocks design: BlockDesign,
    using generator: inout some RandomNumberGenerator
  ) -> BootstrapDistribution? {
    guard let error = SamplingError(of: replicates, blocks: design) else { return nil }
    let estimate = replicates.bitsPerByte
    var values: [Double] = []
    values.reserveCapacity(draws)
    var resampler = Resampler()
    for _ in 0..<draws {
      if design == .shared {
        resampler.drawBlocks(replicates[0].blocks.count, using: &generator)
      }
      values.append(resampler.ratio(of: replicates, blocks: design, using: &generator))
    }
    guard let sample = SortedSample(values) else { return nil }
    return BootstrapDistribution(estimate: estimate, draws: sample, error: error)
  }

  /// The distribution of the difference of bits per byte, `first` less `second`, paired by replicate and block.
  ///
  /// Nil if they do not pair: other numbers of replicates, or blocks of other bytes.
  public func distribution(
    ofDifference first: [Replicate], minus second: [Replicate], blocks design: BlockDesign,
    using generator: inout some RandomNumberGenerator
  ) -> BootstrapDistribution? {
    let differences = zip(first, second).compactMap { $0.minus($1) }
    guard first.count == second.count, differences.count == first.count else { return nil }
    return distribution(of: differences, blocks: design, using: &generator)
  }
}

import BPBCore
import Evidence
import RunRecords

extension StudyResults {
  /// The bootstrap of the mean difference in bits per byte of the test part, each pair of one network or seed; nil without pairs.
  ///
  /// Hierarchical: pairs are drawn first, then blocks, the same ones of both sides and of all pairs.
  func difference(
    of pairs: [(first: Replicate, second: Replicate)]
  ) -> BootstrapDistribution? {
    var generator = SeededGenerator(seed: plan.seed)
    return Bootstrap().distribution(
      ofDifference: pairs.map(\.first), minus: pairs.map(\.second), blocks: .shared,
      using: &generator)
  }
}

extension Sequence where Element == StudyCellRecord {
  /// The mean of a figure over the cells that have it; nil if none has.
  func mean(_ figure: String) -> Double? { compactMap { $0.figures[figure] }.mean }
}

extension Array where Element == Double {
  /// Nil of nothing.
  var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }
}

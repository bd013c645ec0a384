/// Seconds that a method took over all that it coded.
public struct CodingTime: Sendable, Equatable {
  /// Sum over cells of the median of their repetitions; nil if a cell was not timed.
  public let seconds: Double?
  /// Seconds over all cells, one value for each repetition that all of them have.
  public let samples: [Double]
  /// (slowest - fastest) / median over the repetitions; nil without at least two.
  public let spread: Double?

  /// The time of `cells`, each given by its repetitions.
  init(cells: [[Double]]) {
    let medians = cells.compactMap(Self.median(of:))
    seconds = cells.isEmpty || medians.count < cells.count ? nil : medians.reduce(0, +)
    let repetitions = cells.map(\.count).min() ?? 0
    let samples = (0..<repetitions).map { index in cells.reduce(0) { $0 + $1[index] } }
    self.samples = samples
    spread = Self.median(of: samples).flatMap { median in
      samples.count > 1 && median > 0 ? (samples.max()! - samples.min()!) / median : nil
    }
  }

  /// The middle value, or the mean of the two in the middle; nil for none.
  static func median(of samples: [Double]) -> Double? {
    guard !samples.isEmpty else { return nil }
    let sorted = samples.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}

public import BPBCore
public import Corpora
public import RunRecords

/// A whole measurement: which cells, what is known of them already, and what is still to be done.
public struct Measurement: Sendable {
  /// Every cell, method by method in the order given, each over the sources in corpus order.
  public private(set) var cells: [Cell]

  /// The cells of `methods` on `corpus` under `policy`.
  public init(corpus: Corpus, methods: [Method], policy: BlockPolicy) {
    let sources = BlockSource.all(of: corpus, policy: policy)
    cells = methods.flatMap { method in
      sources.map { Cell(method: method, source: $0, policy: policy) }
    }
  }

  /// The part of it that is `shard`'s; all of it without one.
  public func part(_ shard: Shard?) -> Measurement {
    var part = self
    if let shard { part.cells = shard.part(of: cells) }
    return part
  }

  /// Splits the cells into records that can be taken over from `earlier` runs and cells to measure.
  ///
  /// - Parameter verifies: whether a record counts only if its bytes were decoded and compared.
  public func resume(
    from earlier: [CellRecord], verifies: Bool, timing: CellRecord.Timing
  ) -> (known: [CellRecord], missing: [Cell]) {
    let usable = earlier.filter {
      $0.error == nil && $0.codedBytes != nil && ($0.verified == true || !verifies)
        && ($0.timing == .alone || timing == .approximate)
    }
    let byKey = Dictionary(usable.map { ($0.key, $0) }) { _, later in later }
    let found = cells.map { byKey[$0.key] }
    return (found.compactMap { $0 }, zip(cells, found).compactMap { $1 == nil ? $0 : nil })
  }
}

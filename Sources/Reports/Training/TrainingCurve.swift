import BPBCore
public import RunRecords

/// One training as its log tells it.
public struct TrainingCurve: Sendable, Equatable {
  /// What tells it from the others of its report.
  public let label: String
  /// The same without what all networks of its kind have in common there, as names of architectures are long.
  public let shortLabel: String
  /// In the order of their steps; at least one.
  public let records: [TrainingRecord]
  /// What the losses say; nil while there is too little of them.
  public let verdict: TrainingVerdict?

  /// The curve of `records`, which are of one training, and not empty.
  init(label: String, shortLabel: String, records: [TrainingRecord]) {
    self.label = label
    self.shortLabel = shortLabel
    self.records = records.sorted { $0.step < $1.step }
    verdict = TrainingVerdict(self.records)
  }

  /// The curves that `records` hold, in the order of their first lines. Where one network was trained more than
  /// once, the label says how.
  static func all(of records: [TrainingRecord]) -> [TrainingCurve] {
    var keys: [TrainingRecord.Key] = []
    var groups: [TrainingRecord.Key: [TrainingRecord]] = [:]
    for record in records {
      if groups[record.key] == nil { keys.append(record.key) }
      groups[record.key, default: []].append(record)
    }
    let labels = keys.map { key in
      let isShared = keys.count { $0.method == key.method } > 1
      let version = key.version.map { ", version \($0)" } ?? ""
      let how = isShared ? ", seed \(key.seed), \(key.options)\(version)" : ""
      return SafeText.printable(key.method + how)
    }
    return zip(keys, labels).map { key, label in
      TrainingCurve(
        label: label, shortLabel: shortened(label, among: labels), records: groups[key]!)
    }
  }

  /// `label` without the options that stand in all of `labels` that begin with the same kind.
  private static func shortened(_ label: String, among labels: [String]) -> String {
    let parts = label.split(separator: ":", omittingEmptySubsequences: false)
    let others = labels.map { $0.split(separator: ":", omittingEmptySubsequences: false) }
      .filter { $0.first == parts.first }
    let telling = parts.dropFirst().filter { part in !others.allSatisfy { $0.contains(part) } }
    return (parts.prefix(1) + telling).joined(separator: ":")
  }

  /// The last line.
  public var last: TrainingRecord { records[records.count - 1] }

  /// The line with the lowest loss of the tune part, the first of equals; nil if none was measured.
  public var best: TrainingRecord? {
    records.filter { $0.tuneLoss != nil }.min { $0.tuneLoss! < $1.tuneLoss! }
  }

  /// The tune part's loss when it was last measured; nil if it never was.
  var lastTune: Double? { records.last { $0.tuneLoss != nil }?.tuneLoss }

  /// The line at `step`; nil if there is none.
  func record(at step: Int) -> TrainingRecord? { records.first { $0.step == step } }

  /// Bits per byte of what was learned from, in at most about `count` stretches of equal length: a mean
  /// over the bytes of each, at its end.
  func trainLosses(atMost count: Int) -> [(bytes: Int, loss: Double)] {
    let stretch = max(1, last.bytes / count)
    var points: [(bytes: Int, loss: Double)] = []
    var pool = PooledLoss()
    for record in records {
      pool.add(record)
      guard pool.byteCount >= stretch || record == last, pool.byteCount > 0 else { continue }
      points.append((record.bytes, pool.take()))
    }
    return points
  }
}

import BPBCore
import Evidence

extension Comparison {
  /// What makes figures of kind `heldout` no such figures, one sentence each: for whoever does not read the
  /// notes of a report.
  public var warnings: [String] { HeldOutNotes(rows: rows).warnings }
}

/// The sentences around figures of kind `heldout`.
struct HeldOutNotes {
  /// In the order in which they are shown.
  let rows: [ComparisonRow]

  /// Files of one model that are named.
  private static let leaksShown = 5

  /// What makes the figures no held-out figures.
  var warnings: [String] { rows.flatMap(leaks) }

  /// What has to be known to read the figures.
  var remarks: [String] {
    guard rows.contains(where: { $0.heldOut != nil }) else { return [] }
    return [
      "Ideal lengths under models that learned before and learn no more; the models are not charged. "
        + "Intervals come from the bootstrap over blocks of each file."
    ] + rows.flatMap(untraced) + differences
  }

  private func leaks(of row: ComparisonRow) -> [String] {
    guard let leaks = row.heldOut?.leaks else { return leaksOfCodec(row) }
    let trained = leaks.filter(\.isTrainedOn).map(\.path)
    let shared = leaks.filter { !$0.isTrainedOn }.map { leak in
      "\(leak.path) (about \(NumberFormat.percent(leak.sharedWindows ?? 0)))"
    }
    return [("", trained), ("what stands word for word in ", shared)].filter { !$1.isEmpty }.map {
      "WARNING: \(row.label) learned from \($0)\(Self.list($1)): "
        + "figures that include \($1.count > 1 ? "them" : "it") are not held out."
    }
  }

  /// What is coded by a model that has seen it is no measure of what the model pays for other text.
  private func leaksOfCodec(_ row: ComparisonRow) -> [String] {
    guard !row.trainedOn.isEmpty else { return [] }
    return [
      "WARNING: \(row.label) learned from \(Self.list(row.trainedOn)): what it pays for "
        + "\(row.trainedOn.count > 1 ? "them" : "it") says nothing of other text."
    ]
  }

  private static func list(_ names: [String]) -> String {
    let more = names.count - leaksShown
    return names.prefix(leaksShown).joined(separator: ", ")
      + (more > 0 ? " and \(NumberFormat.count(more, "more file", "more files"))" : "")
  }

  private func untraced(_ row: ComparisonRow) -> [String] {
    guard row.heldOut?.isUntraced == true else { return [] }
    return ["\(row.label) does not say what it learned from: nothing could be compared with it."]
  }

  /// Every other model against the best one, on the same blocks.
  private var differences: [String] {
    guard let best = rows.first(where: { $0.isBest && $0.heldOut != nil }) else { return [] }
    return rows.compactMap { row in
      guard row.label != best.label, row.isSound, let ours = row.heldOut, let theirs = best.heldOut,
        let difference = ours.difference(from: theirs)
      else { return nil }
      let bounds = [difference.interval.low, difference.interval.high].map {
        NumberFormat.fixed($0, decimals: 4)
      }
      return
        "\(row.label) pays \(NumberFormat.fixed(difference.value, decimals: 4)) bits per byte more than "
        + "\(best.label), 95 % interval \(bounds[0]) to \(bounds[1]), paired by block."
    }
  }
}

import BPBCore
import RunRecords

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What the figures of a scale run mean, in sentences that the figures choose.
struct ScaleReading {
  let summary: ScaleSummary
  let fits: [ScaleFit]
  let answers: [ScaleClaims.Answer]

  /// Differences in bits per byte below this are not called a change.
  static let margin = 0.05
  /// A table that grows faster than this power of the data is said to grow with it.
  private static let growth = 1.0 / 3

  /// All of it.
  var sentences: [String] { curves + models + laws + verdicts }

  /// What the curves say.
  var curves: [String] {
    ends + crossings + summary.rows.compactMap(learning) + summary.rows.compactMap(overlap)
  }

  /// What the models hold, and what they do not.
  var models: [String] { summary.rows.flatMap(holdings) }

  /// Which way the cost of each method without a model went over the last tenfold of data. Means over windows:
  /// they nearly tile the stream, so that both sizes are of nearly the same text.
  private var ends: [String] {
    summary.rows.filter(\.frozen.isEmpty).compactMap { row in
      guard let (before, last) = row.coded.lastTenfold else { return nil }
      let (from, to) = (before.mean, last.mean)
      let course =
        abs(to - from) < Self.margin
        ? "is flat: it goes" : to < from ? "is still improving: it falls" : "gets worse: it rises"
      return "\(row.label) \(course) from \(NumberFormat.fixed(from, decimals: 3)) at D = "
        + "\(NumberFormat.grouped(before.bytes)) to \(Self.bits(to)) at D = "
        + "\(NumberFormat.grouped(last.bytes))."
    }
  }

  /// From which size on each model is below the methods that are none.
  private var crossings: [String] {
    let others = summary.rows.filter { $0.frozen.isEmpty && !$0.coded.points.isEmpty }
    return summary.rows.filter { !$0.frozen.isEmpty }.flatMap { row in
      let crossings = others.compactMap { crossing(of: row, and: $0) }
      return Crossing.grouped(crossings).map { $0.sentence(about: row.label) }
    }
  }

  /// Where the curve of `row` last crosses that of `other`, held against it window by window.
  private func crossing(of row: ScaleRow, and other: ScaleRow) -> Crossing? {
    let pairs = row.coded.points.compactMap { point -> (bytes: Int, isBelow: Bool)? in
      guard let values = other.coded[point.bytes].map(point.paired), !values.isEmpty else {
        return nil
      }
      return (point.bytes, values.reduce(0) { $0 + ($1.0 - $1.1) } < 0)
    }
    guard let last = pairs.last else { return nil }
    let run = pairs.reversed().prefix { $0.isBelow == last.isBelow }
    return Crossing(
      others: [other.label], isBelow: last.isBelow, since: run.last?.bytes ?? last.bytes,
      isEverywhere: run.count == pairs.count)
  }

  /// What ten times the data were worth to the model that learned from the stream's first bytes.
  private func learning(_ row: ScaleRow) -> String? {
    guard let (before, last) = row.heldOut.lastTenfold, let less = before.ofStream,
      let more = last.ofStream
    else { return nil }
    let (from, to) = (NumberFormat.grouped(before.bytes), NumberFormat.grouped(last.bytes))
    let change = NumberFormat.fixed(abs(less - more), decimals: 3)
    let effect =
      change == NumberFormat.fixed(0, decimals: 3)
      ? "left its held-out loss at"
      : "\(less > more ? "lowered" : "raised") its held-out loss by \(change) to"
    return
      "\(row.label): learning from \(to) bytes instead of \(from) \(effect) \(Self.bits(more))."
  }

  /// Above this share, figures with and without what overlaps are given (K. Lee et al. 2022 found more than
  /// 4 % in sets that are in use).
  private static let overlapShown = 0.01

  /// What the overlap of held-out part and training part makes of a model's loss.
  private func overlap(_ row: ScaleRow) -> String? {
    guard let overlap = summary.plan.overlap, overlap.share > Self.overlapShown,
      let last = row.heldOut.points.last, let all = last.ofStream
    else { return nil }
    guard let clean = row.heldOutLoss(after: last.bytes, on: overlap.cleanBlocks) else {
      return
        "\(row.label): every block of the held-out part shares text with the training part, so its "
        + "held-out loss says little about unseen text."
    }
    return
      "\(row.label): on the \(NumberFormat.grouped(overlap.cleanBlocks.count)) held-out blocks that "
      + "share no stretch with the training part its loss is \(Self.bits(clean)), on all of them "
      + "\(NumberFormat.fixed(all, decimals: 3))."
  }

  /// Where a model is a summary, where it is a table that grows, and what is lost without the residual.
  private func holdings(_ row: ScaleRow) -> [String] {
    guard let last = row.frozen.last else { return [] }
    return [side(of: row), growth(of: row), loss(in: row, last)].compactMap(\.self)
  }

  private func side(of row: ScaleRow) -> String? {
    let sides = row.frozen.compactMap { frozen in
      summary.isSummary(frozen).map { (bytes: frozen.bytes, isSummary: $0) }
    }
    guard let last = sides.last else { return nil }
    let run = sides.reversed().prefix { $0.isSummary == last.isSummary }
    guard last.isSummary else {
      return "\(row.label) holds more bits than the best code of its training bytes, at D = "
        + "\(NumberFormat.grouped(last.bytes)): it is no summary of them."
    }
    let since =
      run.count == sides.count
      ? "at every size" : "from D = \(NumberFormat.grouped(run.last!.bytes)) on"
    let holds = "\(row.label) holds fewer bits than the best code of its training bytes \(since)"
    return growsWithData(row) ? holds + "." : holds + ": there it is a lossy summary."
  }

  /// How the model's size changed over the last decade of data.
  private func growth(of row: ScaleRow) -> String? {
    guard let (data, size) = lastGrowth(of: row) else { return nil }
    let times =
      "\(NumberFormat.fixed(data, decimals: 0)) times the data made it "
      + "\(NumberFormat.fixed(size, decimals: 1)) times as large"
    return growsWithData(row)
      ? "\(row.label): the model grows with the data, \(times): a table that grows with what it "
        + "has seen is a record of it rather than a summary."
      : "\(row.label): the model's size hardly grows any more: \(times), so it holds ever fewer bits "
        + "for each byte seen."
  }

  private func growsWithData(_ row: ScaleRow) -> Bool {
    lastGrowth(of: row).map { log($0.size) / log($0.data) > Self.growth } ?? false
  }

  /// By how much the data grew over about the last decade, and the model with them.
  private func lastGrowth(of row: ScaleRow) -> (data: Double, size: Double)? {
    guard let last = row.frozen.last,
      let before = row.frozen.last(where: { $0.bytes <= last.bytes / 8 }),
      let now = last.modelBytes, let then = before.modelBytes, now > 0, then > 0
    else { return nil }
    return (Double(last.bytes) / Double(before.bytes), Double(now) / Double(then))
  }

  private func loss(in row: ScaleRow, _ last: FrozenRecord) -> String? {
    guard let share = last.topOne?.fraction, let residual = last.residualBytes else { return nil }
    let alone = last.continuation?.mean.map {
      ", and left alone it goes on rightly for \(NumberFormat.fixed($0, decimals: 1)) bytes"
    }
    let bits = 8 * Double(residual) / Double(last.bytes)
    return "\(row.label): on its own the model names \(NumberFormat.percent(share)) of its "
      + "training bytes\(alone ?? ""); the residual of \(Self.bits(bits)) is what makes it lossless."
  }

  static func bits(_ value: Double) -> String {
    NumberFormat.fixed(value, decimals: 3) + " bits per byte"
  }
}

import RunRecords

/// Sizes beside the baseline's.
enum CheckFigures {
  /// Both sizes, their difference and the limit.
  static func text(_ comparison: BaselineCheck.SizeComparison) -> String {
    let (before, after) = (comparison.baseline, comparison.current)
    let sizes =
      comparison.isSameInput
      ? change(from: before.codedBytes, to: after.codedBytes)
      : "\(bitsPerByte(before)) → \(bitsPerByte(after)) bits per byte"
        + (comparison.growth.map { " (\(percent($0)))" } ?? "") + ", the input changed"
    return "\(sizes), \(limit(of: comparison))"
  }

  /// Two sizes and their difference: 1,234 → 1,300 bytes (+66, +5.3%). One, if they are equal.
  static func change(from before: Int, to after: Int) -> String {
    let size = NumberFormat.count(after, "byte", "bytes")
    let difference = after - before
    guard difference != 0 else { return size }
    let share = before > 0 ? [percent(Double(difference) / Double(before))] : []
    let signed = (difference > 0 ? "+" : "") + NumberFormat.grouped(difference)
    let differences = ([signed] + share).joined(separator: ", ")
    return "\(NumberFormat.grouped(before)) → \(size) (\(differences))"
  }

  private static func limit(of comparison: BaselineCheck.SizeComparison) -> String {
    let bytes = NumberFormat.count(comparison.limitBytes, "byte", "bytes")
    return switch comparison.limit {
    case .exact: "limit exact"
    case .bytes: "limit \(bytes)"
    case .percent, .bitsPerByte: "limit \(comparison.limit) = \(bytes)"
    }
  }

  private static func bitsPerByte(_ size: BaselineCheck.Size) -> String {
    size.bitsPerByte.map { NumberFormat.fixed($0, decimals: 4) } ?? "no"
  }

  /// A signed share, with more decimals where it is small.
  private static func percent(_ share: Double) -> String {
    let decimals = share.magnitude < 0.001 ? 4 : 1
    return (share > 0 ? "+" : "") + NumberFormat.fixed(share * 100, decimals: decimals) + "%"
  }
}

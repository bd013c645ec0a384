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

  /// Two sizes and their difference: 1,234 → 1,300 bytes (+66, +5.3%).
  static func change(from before: Int, to after: Int) -> String {
    let difference = after - before
    let share = before > 0 ? [percent(Double(difference) / Double(before))] : []
    let sign = difference > 0 ? "+" : ""
    let differences = ([sign + NumberFormat.grouped(difference)] + share).joined(separator: ", ")
    let sizes = "\(NumberFormat.grouped(before)) → \(NumberFormat.count(after, "byte", "bytes"))"
    return difference == 0 ? sizes : "\(sizes) (\(differences))"
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

import BPBCore
import Evidence
import Reports

extension NumberFormat {
  /// `value` with so many decimals; a dash for what was not measured.
  static func fixed(_ value: Double?, decimals: Int) -> String {
    value.map { fixed($0, decimals: decimals) } ?? "–"
  }

  /// `value` as a whole number with groups; a dash for what was not measured.
  static func whole(_ value: Double?) -> String { value.map { grouped(Int($0.rounded())) } ?? "–" }

  /// Both ends of an interval; a dash where there is none.
  static func interval(_ interval: Interval?, decimals: Int) -> String {
    interval.map { ends in
      [ends.low, ends.high].map { fixed($0, decimals: decimals) }.joined(separator: " to ")
    } ?? "–"
  }
}

import BPBCore
import Reports

extension NumberFormat {
  /// `value` with so many decimals; a dash for what was not measured.
  static func fixed(_ value: Double?, decimals: Int) -> String {
    value.map { fixed($0, decimals: decimals) } ?? "–"
  }

  /// `value` as a whole number with groups; a dash for what was not measured.
  static func whole(_ value: Double?) -> String { value.map { grouped(Int($0.rounded())) } ?? "–" }
}

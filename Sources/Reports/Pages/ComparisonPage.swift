import BPBCore
import Charts
import RunRecords

/// One or several comparisons as a page that stands alone: charts, tables, and how it was made.
public struct ComparisonPage: Sendable {
  private let options: ReportOptions

  /// A renderer; the options are those of every form. Files are always listed.
  public init(_ options: ReportOptions) { self.options = options }

  /// The whole page, its last line ended.
  public func render(_ comparisons: [Comparison]) -> String { page(comparisons).render() }

  private func page(_ comparisons: [Comparison]) -> HTMLPage {
    let parts = comparisons.map { ComparisonSections(comparison: $0, options: options) }
    guard let only = parts.first, parts.count == 1 else {
      return HTMLPage(
        title: NumberFormat.count(parts.count, "comparison", "comparisons"), overline: overline,
        lead: "One for each corpus and block policy in the records.",
        blocks: parts.map { .section($0.title, [.paragraph($0.lead), $0.figures] + $0.blocks) })
    }
    return HTMLPage(
      title: only.title, overline: overline, lead: only.lead, blocks: [only.figures] + only.blocks)
  }

  private var overline: String { "BitsPerByte: how well methods predict a corpus" }
}

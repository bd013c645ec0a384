import BPBCore
package import Charts
import RunRecords

/// What a page says about one run, whatever was measured.
package protocol PageSections {
  var title: String { get }
  var lead: HTMLPage.Phrase { get }
  /// The numbers that matter most.
  var figures: HTMLPage.Block { get }
  var blocks: [HTMLPage.Block] { get }
  /// By which other parts of the page lead to it; nil if none does.
  var anchor: String? { get }
}

extension PageSections {
  package var anchor: String? { nil }
}

/// One or several reports as a page that stands alone: charts, tables, and how it was made.
public struct ReportPage: Sendable {
  private let options: ReportOptions

  /// A renderer; the options are those of every form. Files are always listed.
  public init(_ options: ReportOptions) { self.options = options }

  /// The whole page, its last line ended.
  public func render(
    _ comparisons: [Comparison], _ scales: [ScaleReport] = [], _ trainings: [TrainingReport] = []
  ) -> String {
    render(comparisons, scales, trainings, [])
  }

  /// The same with what other modules report.
  package func render(
    _ comparisons: [Comparison], _ scales: [ScaleReport], _ trainings: [TrainingReport],
    _ others: [any PageSections], cover: (any PageSections)? = nil
  ) -> String {
    let parts: [any PageSections] =
      comparisons.map { ComparisonSections(comparison: $0, options: options) }
      + scales.map { ScaleSections(report: $0, options: options) }
      + trainings.map { TrainingSections(report: $0, options: options) } + others
    return page(parts, cover).render()
  }

  private func page(_ parts: [any PageSections], _ cover: (any PageSections)?) -> HTMLPage {
    let sections = parts.map { part in
      HTMLPage.Block.section(
        part.title, [.paragraph(part.lead), part.figures] + part.blocks, anchor: part.anchor)
    }
    if let cover {
      return HTMLPage(
        title: cover.title, overline: Self.overline, lead: cover.lead,
        blocks: [cover.figures] + cover.blocks + sections)
    }
    guard let only = parts.first, parts.count == 1 else {
      return HTMLPage(
        title: NumberFormat.count(parts.count, "report", "reports"), overline: Self.overline,
        lead: "One for each corpus and kind of measurement in the records.",
        blocks: sections)
    }
    return HTMLPage(
      title: only.title, overline: Self.overline, lead: only.lead,
      blocks: [only.figures] + only.blocks)
  }

  private static let overline = "BitsPerByte: how well methods predict a corpus"
}

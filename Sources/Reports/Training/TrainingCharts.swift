import Charts
import RunRecords

/// The picture of a training report, with a name for files.
public struct TrainingCharts: Sendable {
  /// The names that entries can have, in their order.
  public static let names = ["training"]
  /// Points of a line of training losses: more cannot be told apart.
  private static let pointsShown = 300

  private let report: TrainingReport

  /// The charts of `report`.
  public init(_ report: TrainingReport) { self.report = report }

  /// Those that there is something to show in.
  public var entries: [ComparisonCharts.Entry] {
    [ComparisonCharts.Entry(name: Self.names[0], chart: losses)]
  }

  /// Both losses of each training against the bytes that it has learned from.
  var losses: Chart {
    Chart(
      title: "Bits per byte while learning",
      subtitle: "Markers: text that is not learned from. Dashed: what is, at the time.",
      x: .init("bytes learned from, repetitions counted", scale: .logarithmic, unit: .bytes),
      y: .init("bits per byte", better: .low),
      series: report.curves.flatMap { [trainLine(of: $0), heldOutLine(of: $0)] },
      referenceLines: turningPoint)
  }

  private func trainLine(of curve: TrainingCurve) -> Chart.Series {
    .init(
      curve.label, kind: .line,
      points: curve.trainLosses(atMost: Self.pointsShown).map { bytes, loss in
        Chart.Point(
          Double(bytes), loss,
          detail: """
            \(curve.label)
            \(NumberFormat.grouped(bytes)) bytes
            \(TrainingReport.bits(loss)) bits per byte of what it learned from
            """)
      }, dash: .dashed)
  }

  private func heldOutLine(of curve: TrainingCurve) -> Chart.Series {
    .init(
      curve.label, kind: .markedLine,
      points: curve.records.compactMap { record in
        record.heldOutLoss.map { loss in
          Chart.Point(
            Double(record.bytes), loss,
            detail: """
              \(curve.label)
              step \(NumberFormat.grouped(record.step)), \(NumberFormat.grouped(record.bytes)) bytes
              \(TrainingReport.bits(loss)) bits per byte of unseen text
              """)
        }
      }, dash: .solid)
  }

  /// Where the one training began to over-fit.
  private var turningPoint: [Chart.ReferenceLine] {
    guard let curve = report.curves.first, report.curves.count == 1,
      case .overFits = curve.verdict, let best = curve.best
    else { return [] }
    return [
      .init(
        Double(best.bytes), label: "over-fits since step \(NumberFormat.grouped(best.step))",
        direction: .x)
    ]
  }
}

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
  public var entries: [ChartEntry] {
    [ChartEntry(name: Self.names[0], chart: losses)]
  }

  /// Both losses of each training against the bytes that it has learned from.
  var losses: Chart {
    Chart(
      title: "Bits per byte while learning",
      subtitle: "Markers: the tune part, which is not learned from. Dashed: what is, at the time.",
      x: .init("bytes learned from, repetitions counted", unit: .bytes),
      y: .init("bits per byte", scale: .logarithmic, better: .low),
      series: report.curves.flatMap { [trainLine(of: $0), tuneLine(of: $0)] },
      referenceLines: turningPoint.map { [$0] } ?? [])
  }

  private func trainLine(of curve: TrainingCurve) -> Chart.Series {
    .init(
      curve.shortLabel, kind: .line,
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

  private func tuneLine(of curve: TrainingCurve) -> Chart.Series {
    let best = curve.best?.step
    return .init(
      curve.shortLabel, kind: .markedLine,
      points: curve.records.compactMap { record in
        record.tuneLoss.map { loss in
          Chart.Point(
            Double(record.bytes), loss,
            label: record.step == best ? TrainingReport.bits(loss) : nil,
            detail: """
              \(curve.label)
              step \(NumberFormat.grouped(record.step)), \(NumberFormat.grouped(record.bytes)) bytes
              \(TrainingReport.bits(loss)) bits per byte of the tune part
              """)
        }
      }, dash: .solid)
  }

  /// The step that the verdict on the one training is about.
  private var turningPoint: Chart.ReferenceLine? {
    guard let curve = report.curves.first, report.curves.count == 1,
      let (step, words) = curve.verdict?.place, let record = curve.record(at: step)
    else { return nil }
    return .init(Double(record.bytes), label: words, direction: .x)
  }
}

extension TrainingVerdict {
  /// The step that it is about, and what stands beside that in a chart.
  fileprivate var place: (step: Int, words: String) {
    switch self {
    case .underFits(let step, _): (step, "under-fits: still falling here")
    case .overFits(let step, _, _):
      (step, "over-fits since step \(NumberFormat.grouped(step))")
    case .worsens(let step, _, _): (step, "worsens since step \(NumberFormat.grouped(step))")
    case .settled(let step, _): (step, "settled")
    }
  }
}

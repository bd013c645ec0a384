import Charts
import Evidence
import RunRecords
import ScalingLaws

/// The pictures of a scale report, each with a name for files.
public struct ScaleCharts: Sendable {
  /// The names that entries can have, in their order.
  public static let names = ["coded", "heldout", "marginal", "model-bits"]

  let report: ScaleReport

  /// The charts of `report`.
  public init(_ report: ScaleReport) { self.report = report }

  /// Those that there is something to show in.
  public var entries: [ChartEntry] {
    zip(Self.names, [coded, heldOut, marginal, modelBits]).compactMap { name, chart in
      chart.map { ChartEntry(name: name, chart: $0) }
    }
  }

  private var summary: ScaleSummary { report.summary }

  var coded: Chart? {
    curves(.coded, title: "Bits per byte of the first D bytes", drawsLaws: true)
  }

  var heldOut: Chart? {
    curves(
      .heldOut, title: "Bits per byte of unseen text, after learning from D bytes", drawsLaws: true)
  }

  var marginal: Chart? {
    curves(.marginal, title: "What the next bytes cost after D bytes", drawsLaws: false)
  }

  private func curves(_ kind: ScaleCurve.Kind, title: String, drawsLaws: Bool) -> Chart? {
    let rows = summary.rows.filter { !$0.curve(kind).points.isEmpty }
    guard !rows.isEmpty else { return nil }
    let measured = rows.map { row in
      Chart.Series(
        row.label, kind: drawsLaws ? .points : .markedLine,
        points: row.curve(kind).points.map { Self.point($0, row.label) })
    }
    let laws = drawsLaws ? report.fits.filter { $0.kind == kind }.compactMap(law) : []
    return Chart(
      title: title, subtitle: subtitle(kind, laws: laws),
      x: .init("D, bytes", scale: .logarithmic, unit: .bytes),
      y: .init("bits per byte", better: .low), series: laws + measured,
      referenceLines: truth(kind))
  }

  private static func point(_ point: ScaleCurve.Point, _ label: String) -> Chart.Point {
    let spread = point.values.count > 1
    var lines = [
      label, "D = \(NumberFormat.grouped(point.bytes)) bytes",
      "\(NumberFormat.fixed(point.mean, decimals: 4)) bits per byte",
    ]
    if spread {
      lines.append(
        "mean of \(point.values.count) windows, \(Self.short(point.values.min()!)) to "
          + Self.short(point.values.max()!))
    }
    return Chart.Point(
      Double(point.bytes), point.mean, low: spread ? point.values.min() : nil,
      high: spread ? point.values.max() : nil, detail: lines.joined(separator: "\n"))
  }

  /// A law through the measured sizes, with its band beyond them where it is believed there.
  private func law(_ fit: ScaleFit) -> Chart.Series? {
    guard let curve = fit.fit else { return nil }
    let isBelieved = curve.refusal == nil
    return Chart.Series(
      fit.method, kind: .line,
      points: curve.band.map { prediction in
        let interval = prediction.interval
        let range =
          "95 % of measurements: \(Self.short(interval.low)) to \(Self.short(interval.high))"
        return Chart.Point(
          prediction.bytes, prediction.loss,
          detail: ["\(fit.method), the law", "\(Self.short(prediction.loss)) bits per byte"]
            .joined(separator: "\n") + (isBelieved ? "\n" + range : ""))
      },
      band: isBelieved
        ? curve.band.map { .init($0.bytes, low: $0.interval.low, high: $0.interval.high) } : [],
      dash: isBelieved ? .solid : .dotted)
  }

  private func subtitle(_ kind: ScaleCurve.Kind, laws: [Chart.Series]) -> String {
    let windows = "Whiskers reach from the lowest to the highest window."
    guard !laws.isEmpty else { return windows }
    return windows
      + " Lines: L(D) = E + B·D^-β; shaded: where a measurement would lie; dotted: not believed "
      + "beyond what was measured."
  }

  private func truth(_ kind: ScaleCurve.Kind) -> [Chart.ReferenceLine] {
    guard let source = summary.plan.source else { return [] }
    let (low, high, _) = source.reference(for: kind, heldOutBytes: summary.plan.heldOutBytes)
    let name = kind == .heldOut ? "the source itself" : "entropy of the source"
    return [.init((low + high) / 2, label: "\(name) \(Self.short((low + high) / 2))")]
  }

  /// How much a model holds, beside how little the data can be written in.
  var modelBits: Chart? {
    let models = summary.rows.filter { !$0.frozen.isEmpty }
    guard !models.isEmpty else { return nil }
    let best = summary.plan.sizes.compactMap { size in
      summary.bestCodedBits(after: size).map { Chart.Point(Double(size), $0 / Double(size)) }
    }
    return Chart(
      title: "Bits that a model holds for each byte that it has learned from",
      subtitle:
        "Below the line of the best code of the same bytes a model is a lossy summary of them.",
      x: .init("D, bytes", scale: .logarithmic, unit: .bytes),
      y: .init("bits per training byte", scale: .logarithmic),
      series: models.map { row in
        .init(
          row.label, kind: .markedLine,
          points: row.frozen.compactMap { frozen in
            frozen.modelBytes.map {
              .init(Double(frozen.bytes), 8 * Double($0) / Double(frozen.bytes))
            }
          })
      } + [.init("best code of the data", kind: .line, points: best, dash: .dashed)])
  }

  private static func short(_ value: Double) -> String { NumberFormat.fixed(value, decimals: 3) }
}

import Charts
import Evidence
import Reports

extension MemorisationFindings {
  var charts: [ChartEntry] {
    [
      ChartEntry(name: "extraction", chart: extractionChart),
      ChartEntry(name: "saved", chart: savedChart),
    ].filter { !$0.chart.series.isEmpty }
  }

  private var extractionChart: Chart {
    Chart(
      title: "Canaries extracted after \(Self.longestPrefix) bytes",
      subtitle: "Whiskers: Wilson's 95 % interval, all seeds together.",
      x: .init("copies in the text", scale: .logarithmic),
      y: .init("per cent extracted", includesZero: true),
      series: series { model, copies in
        extracted(pooled(.canaries, model, .planted, copies...copies), after: Self.longestPrefix)
          .map { share in
            Chart.Point(
              Double(copies), 100 * share.value, low: 100 * share.interval.low,
              high: 100 * share.interval.high)
          }
      })
  }

  private var savedChart: Chart {
    Chart(
      title: "Bits saved per canary, of \(8 * Planting.canaryLength)",
      subtitle: "Against the same model of a text without canaries, controls subtracted.",
      x: .init("copies in the text", scale: .logarithmic),
      y: .init("bits", includesZero: true),
      series: series { model, copies in
        saved(.canaries, model, copies...copies).map { Chart.Point(Double(copies), $0) }
      })
  }

  private func series(_ point: (String, Int) -> Chart.Point?) -> [Chart.Series] {
    models.compactMap { model in
      let points = Planting.canaryCopies.compactMap { point(model, $0) }
      return points.isEmpty ? nil : Chart.Series(model, kind: .markedLine, points: points)
    }
  }
}

import Charts
import Evidence
import Reports
import ScalingLaws

/// The pictures of a grid, each from the records alone.
struct GridCharts {
  private let findings: GridFindings

  init(_ findings: GridFindings) { self.findings = findings }

  var all: [ChartEntry] {
    guard let surface = findings.surface else { return [] }
    return [
      ChartEntry(name: "surface", chart: self.surface(surface)),
      ChartEntry(name: "loss-by-data", chart: lossByData(surface)),
    ]
      + findings.computations.filter(\.isEnough).flatMap { computation in
        let text = computation.surface.source.rawValue
        return [
          ChartEntry(name: "equal-computation-\(text)", chart: equalComputation(computation)),
          ChartEntry(name: "best-size-\(text)", chart: bestSize(computation)),
        ]
      } + [ChartEntry(name: "residuals", chart: residuals)]
  }

  private static let data = Chart.Axis("bytes seen", scale: .logarithmic, unit: .bytes)
  private static let size = Chart.Axis("parameters", scale: .logarithmic)
  private static let loss = Chart.Axis("bits per byte", better: .low)

  // MARK: The surface

  /// Colours by the law, points where it was measured.
  private func surface(_ surface: GridSurface) -> Chart {
    let points = findings.laws?.points ?? []
    var chart = Chart(
      title: "Loss by size and data",
      subtitle: findings.laws?.drawn.map {
        "Colours: the law \($0.form.formula); points: what was measured."
      },
      x: Self.data, y: Self.size,
      series: [
        Chart.Series(
          "measured", kind: .points,
          points: points.map {
            Chart.Point(
              $0.data, $0.parameters,
              detail: "\(NumberFormat.fixed($0.loss, decimals: 3)) bits per byte")
          })
      ])
    if let law = findings.laws?.drawn?.law {
      chart.field = Chart.Field(
        x: Self.steps(points.map(\.data)), y: Self.steps(points.map(\.parameters)), z: Self.loss
      ) { law.loss(parameters: $1, data: $0) }
    }
    return chart
  }

  /// Places at equal ratios over all of `values`, 32 steps.
  private static func steps(_ values: [Double]) -> [Double] {
    guard let low = values.min(), let high = values.max(), low < high else { return [] }
    let ratio = Mathematics.log2(high / low)
    return (0...32).map { low * Mathematics.exp2(ratio * Double($0) / 32) }
  }

  private func lossByData(_ surface: GridSurface) -> Chart {
    let law = findings.laws?.drawn?.law
    let series = surface.sizes.flatMap { size -> [Chart.Series] in
      let points = surface.amounts.compactMap { data -> Chart.Point? in
        let losses = surface.seeds(size, data).map(\.loss)
        return losses.mean.map {
          Chart.Point(data, $0, low: losses.min(), high: losses.max())
        }
      }
      let measured = Chart.Series(size, kind: .points, points: points)
      guard let law, let parameters = surface.tuned(size).first?.parameters else {
        return [measured]
      }
      let curve = Self.steps(surface.amounts).map {
        Chart.Point($0, law.loss(parameters: parameters, data: $0))
      }
      return [measured, Chart.Series(size, kind: .line, points: curve)]
    }
    return Chart(
      title: "Loss by data, for each size",
      subtitle: (law == nil ? "" : "Lines: the law. ") + "Whiskers: from seed to seed.",
      x: Self.data, y: Self.loss, series: series)
  }

  // MARK: Equal computation

  private func equalComputation(_ computation: GridComputation) -> Chart {
    guard let growth = computation.analysis()?.growth.result else {
      return Chart(title: "", x: Self.size, y: Self.loss)
    }
    let curves = growth.optima.map { optimum in
      Chart.Series(
        GridFormat.operations(optimum.computation), kind: .markedLine,
        points: IsoComputation.losses(of: computation.rows, at: optimum.computation).map {
          Chart.Point($0.parameters, $0.loss)
        })
    }
    let best = Chart.Series(
      "best size", kind: .points,
      points: growth.optima.map { Chart.Point($0.parameters, $0.loss) })
    return Chart(
      title: "Loss by size at equal computation, \(Self.name(computation))",
      subtitle:
        "Each curve is one budget of operations; budgets whose best size is at an edge are left out.",
      x: Self.size, y: Self.loss, series: curves + [best])
  }

  private func bestSize(_ computation: GridComputation) -> Chart {
    let series = ComputeOptimum.Estimator.allCases.compactMap { estimator -> Chart.Series? in
      guard let optima = computation.analysis(estimator)?.growth.result.optima else { return nil }
      return Chart.Series(
        estimator.rawValue, kind: .points,
        points: optima.map { Chart.Point($0.computation, $0.parameters) })
    }
    let optima = computation.analysis()?.growth.result.optima ?? []
    return Chart(
      title: "Best size by computation, \(Self.name(computation))",
      x: .init("floating-point operations", scale: .logarithmic), y: Self.size,
      series: series
        + PublishedExponent.allCases.map { Self.slope($0.value, through: optima) })
  }

  /// The line of a published exponent through the middle of the optima.
  private static func slope(_ exponent: Double, through optima: [ComputeOptimum]) -> Chart.Series {
    let name = "C^" + NumberFormat.fixed(exponent, decimals: 2)
    guard let x = optima.map({ Mathematics.log2($0.computation) }).mean,
      let y = optima.map({ Mathematics.log2($0.parameters) }).mean
    else { return Chart.Series(name, kind: .line) }
    return Chart.Series(
      name, kind: .line,
      points: optima.map {
        Chart.Point(
          $0.computation,
          Mathematics.exp2(y + exponent * (Mathematics.log2($0.computation) - x)))
      }, dash: .dashed)
  }

  private static func name(_ computation: GridComputation) -> String {
    computation.surface.source == .corpus ? "the corpus" : "sentences without end"
  }

  // MARK: Residuals

  private var residuals: Chart {
    let points = findings.laws?.points ?? []
    let fit = findings.laws?.additive
    let sizes = findings.surface?.sizes ?? []
    let series = sizes.map { size in
      let parameters = findings.surface?.tuned(size).first?.parameters
      let own = points.indices.filter { points[$0].parameters == parameters }
      return Chart.Series(
        size, kind: .markedLine,
        points: own.compactMap { index in
          fit.map { Chart.Point(points[index].data, $0.residuals[index] * 100) }
        })
    }
    return Chart(
      title: "What the law leaves unexplained",
      subtitle:
        "Measured less fitted by E + A/N^α + B/D^β, in per cent of the loss: a bend is what it has no term for.",
      x: Self.data, y: .init("per cent of the loss", includesZero: true),
      series: fit == nil ? [] : series,
      referenceLines: [.init(0, label: "")])
  }
}

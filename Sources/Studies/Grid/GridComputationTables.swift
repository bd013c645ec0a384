import Evidence
import Reports
import ScalingLaws

/// The tables of best sizes at equal computation.
struct GridComputationTables {
  private let computation: GridComputation

  init(_ computation: GridComputation) { self.computation = computation }

  var all: [ReportTable] { [optima, analyses] }

  private var text: String {
    computation.surface.source == .corpus ? "the corpus" : "sentences without end"
  }

  /// One row a budget.
  private var optima: ReportTable {
    guard let parabola = computation.analysis(), let akima = computation.analysis(.akima) else {
      return ReportTable(kind: .study, title: "", note: nil, heads: [], rows: [])
    }
    let found = parabola.growth.result.optima
    let rows = found.indices.map { index -> [String] in
      let optimum = found[index]
      let other = akima.growth.result.optima.first { $0.computation == optimum.computation }
      let ratio = parabola.growth.dataPerParameter[index]
      return [
        GridFormat.operations(optimum.computation), NumberFormat.whole(optimum.parameters),
        NumberFormat.whole(other?.parameters), NumberFormat.whole(optimum.data),
        NumberFormat.fixed(optimum.dataPerParameter, decimals: 0),
        NumberFormat.interval(ratio?.interval, decimals: 0),
        NumberFormat.fixed(optimum.loss, decimals: 3),
      ]
    }
    let discarded = parabola.growth.result.discarded.count
    return ReportTable(
      kind: .study, title: "Best sizes at equal computation on \(text)",
      note: "All parameters, exact operations. "
        + (discarded == 0
          ? ""
          : "\(NumberFormat.count(discarded, "budget has", "budgets have")) the best size at an edge and count for nothing. ")
        + "Bytes are not tokens: a token of English is about four.",
      heads: [
        "operations", "size, parabola", "Akima", "bytes", "bytes per parameter", "95 % interval",
        "loss",
      ], rows: rows)
  }

  /// One row for each way of counting and running.
  private var analyses: ReportTable {
    let rows = RunArm.all.flatMap { arm in
      RunCount.all.compactMap { count -> [String]? in
        guard let analysis = computation.reconciliation.analysis(arm, count, .parabola) else {
          return nil
        }
        let akima = computation.reconciliation.analysis(arm, count, .akima)
        let result = analysis.growth.result
        return [
          count.parameters == .total ? "all" : "no embeddings",
          count.operations == .exact ? "exact" : "6 N", arm.rate == .tuned ? "by size" : "one",
          arm.schedule == .matched ? "ends" : "goes on",
          NumberFormat.fixed(analysis.growth.exponent?.value, decimals: 2),
          NumberFormat.interval(analysis.interval, decimals: 2),
          NumberFormat.fixed(akima?.growth.exponent?.value, decimals: 2),
          NumberFormat.fixed(analysis.bias, decimals: 2),
          "\(result.optima.count) of \(result.optima.count + result.discarded.count)",
          analysis.held.map(Self.words) ?? "–",
        ]
      }
    }
    return ReportTable(
      kind: .study,
      title: "How the best size grows with computation, counted in every way, on \(text)",
      note:
        "a: the best size grows as C^a. Rate: chosen by size, or one for all. Schedule: the rate has fallen to nothing at each "
        + "point, or goes on. Bias: what the parabola would miss on the fitted law without noise; the interval is widened by it. "
        + "Holds: 0.73 (Kaplan et al., 2020), 0.50 (Hoffmann et al., 2022).",
      heads: [
        "size", "operations", "rate", "schedule", "a", "95 % interval", "a, Akima", "bias",
        "budgets", "holds",
      ], rows: rows)
  }

  private static func words(_ held: [PublishedExponent]) -> String {
    held.isEmpty
      ? "neither"
      : held.map { NumberFormat.fixed($0.value, decimals: 2) }.joined(separator: ", ")
  }
}

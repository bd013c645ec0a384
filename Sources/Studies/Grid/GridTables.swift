import Evidence
import Reports
import ScalingLaws

/// The tables of a grid's report.
struct GridTables {
  private let findings: GridFindings

  init(_ findings: GridFindings) { self.findings = findings }

  var all: [ReportTable] {
    findings.surfaces.all.map(losses)
      + [forms, law]
      + findings.computations.filter(\.isEnough).flatMap { GridComputationTables($0).all }
      + (findings.families.map { [$0.table] } ?? [])
  }

  /// Data down, sizes across: of sizes there are seven at most, of amounts as many as the corpus gives.
  private func losses(_ surface: GridSurface) -> ReportTable {
    let rows = surface.amounts.map { data -> [String] in
      [NumberFormat.bytes(Int(data))]
        + surface.sizes.map { size in
          NumberFormat.fixed(surface.seeds(size, data).map(\.loss).mean, decimals: 3)
        }
    }
    let parameters = surface.sizes.map { size in
      "\(size) \(NumberFormat.whole(surface.tuned(size).first?.parameters))"
    }
    let text = surface.source == .corpus ? "the corpus" : "sentences without end"
    return ReportTable(
      kind: .study, title: "Bits per byte of \(surface.family.rawValue) networks on \(text)",
      note:
        "Rows: bytes seen, each once. Mean over seeds, at the better of the rates that were tried. Parameters: "
        + parameters.joined(separator: "; ") + ".",
      heads: ["seen"] + surface.sizes, rows: rows)
  }

  /// Every form of the law beside the guess of the nearest run.
  private var forms: ReportTable {
    let laws = findings.laws
    let rows = SurfaceForm.allCases.compactMap { form -> [String]? in
      guard let fit = laws?.fits.first(where: { $0.form == form }) else { return nil }
      return [
        form.formula, "\(form.constants)", Self.percent(fit.scatter),
        Self.percent(laws?.holdOut?.score(of: form)?.error),
      ]
    }
    let nearest = laws?.holdOut?.score(of: nil).map {
      ["the nearest run", "0", "–", Self.percent($0.error)]
    }
    return ReportTable(
      kind: .study, title: "Laws of size and data",
      note:
        "Scatter: of the runs about the law. Foretold: the root mean square error for the largest size and the most data, "
        + "by a law fitted without both.",
      heads: ["law", "constants", "scatter", "foretold"],
      rows: rows.isEmpty ? [] : rows + (nearest.map { [$0] } ?? []))
  }

  private static func percent(_ share: Double?) -> String {
    share.map { NumberFormat.fixed($0 * 100, decimals: 2) + " %" } ?? "–"
  }

  /// The constants of the additive law.
  private var law: ReportTable {
    guard let laws = findings.laws, laws.additive != nil else {
      return ReportTable(kind: .study, title: "", note: nil, heads: [], rows: [])
    }
    let rows = Self.constants.map { name, decimals, figure -> [String] in
      let estimate = laws.estimate(figure)
      return [
        name, NumberFormat.fixed(laws.additive?.law.chinchilla.map(figure), decimals: decimals),
        NumberFormat.interval(estimate?.interval, decimals: decimals),
        NumberFormat.interval(laws.range(figure), decimals: decimals),
      ]
    }
    return ReportTable(
      kind: .study, title: "L = E + A/N^α + B/D^β, in bits per byte",
      note:
        "Interval: bootstrap of the residuals. Last column: what it is if each size in turn is left out.",
      heads: ["constant", "value", "95 % interval", "without a size"], rows: rows)
  }

  private static let constants:
    [(name: String, decimals: Int, figure: @Sendable (ChinchillaLaw) -> Double)] = [
      ("E", 3, { $0.irreducible }), ("A", 2, { $0.parameterCoefficient }),
      ("α", 3, { $0.parameterExponent }), ("B", 2, { $0.dataCoefficient }),
      ("β", 3, { $0.dataExponent }),
    ]
}

extension SurfaceForm {
  /// The law as it is written.
  var formula: String {
    switch self {
    case .additive: "E + A/N^α + B/D^β"
    case .withoutConstant: "A/N^α + B/D^β"
    case .interaction: "E + A/N^α + B/D^β + K/(ND)^γ"
    case .joint: "((N_c/N)^(α_N/α_D) + D_c/D)^α_D"
    }
  }
}

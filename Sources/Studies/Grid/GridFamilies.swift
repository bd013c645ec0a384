import BPBCore
import Evidence
import Reports
import ScalingLaws

/// Whether another kind of model changes the slope of the data's law or only its height.
struct GridFamilies {
  private let first: GridSurface
  private let others: [GridSurface]
  private let laws: [GridLaws]
  private let seed: UInt64

  init?(_ surfaces: GridSurfaces, seed: UInt64, draws: Int) {
    let others = surfaces.others
    guard let first = surfaces.corpus, !others.isEmpty else { return nil }
    // Equal sizes and equal data for all of them, or what differs would be the range.
    let sizes = ([first] + others).map(\.sizes)
      .reduce(first.sizes) { shared, own in shared.filter(own.contains) }
    self.first = first.only(sizes)
    self.others = others.map { $0.only(sizes) }
    self.seed = seed
    laws = ([self.first] + self.others).enumerated().map { index, surface in
      GridLaws(surface, seed: seed &+ UInt64(index), draws: draws)
    }
  }

  /// The differences of each other family from the first.
  private var differences: [(family: GridFamily, difference: SurfaceDifference)] {
    guard let base = laws[0].basis else { return [] }
    // As many comparisons as there are other families share the error (C. E. Bonferroni, 1936).
    let level = 1 - 0.05 / Double(others.count)
    return zip(others, laws.dropFirst()).compactMap { surface, law in
      law.basis.map { (surface.family, SurfaceDifference($0, minus: base, level: level)) }
    }
  }

  /// β of the family that differs most, less that of the first.
  var largestDifference: Estimate? {
    differences.compactMap { $0.difference.dataExponent }.max {
      abs($0.value) < abs($1.value)
    }
  }

  var table: ReportTable {
    let data = first.amounts.last ?? 1
    let rows = zip([first] + others, laws).map { surface, law -> [String] in
      let difference = differences.first { $0.family == surface.family }?.difference
      let beta = law.estimate(\.dataExponent)
      return [
        surface.family.rawValue,
        NumberFormat.fixed(law.additive?.law.chinchilla?.parameterExponent, decimals: 2),
        NumberFormat.interval(law.estimate(\.parameterExponent)?.interval, decimals: 2),
        NumberFormat.fixed(law.additive?.law.chinchilla?.dataExponent, decimals: 2),
        NumberFormat.interval(beta?.interval, decimals: 2),
        NumberFormat.fixed(difference?.dataExponent?.value, decimals: 2),
        NumberFormat.interval(difference?.dataExponent?.interval, decimals: 2),
        NumberFormat.fixed(
          surface.sizes.last.flatMap { surface.seeds($0, data).map(\.loss).mean }, decimals: 3),
      ]
    }
    let largest = first.sizes.last ?? ""
    return ReportTable(
      kind: .study, title: "Slopes of kinds of models",
      note:
        "Laws of each kind on the sizes and data that all have. Last columns: β less that of the first kind, and the loss of "
        + "\(largest) after \(NumberFormat.bytes(Int(data))).",
      heads: [
        "kind", "α", "95 % interval", "β", "95 % interval", "difference", "95 % interval",
        "\(largest)",
      ], rows: rows)
  }
}

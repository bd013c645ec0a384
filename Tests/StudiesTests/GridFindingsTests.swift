import Evidence
import Reports
import RunRecords
import ScalingLaws
import Testing

@testable import Studies

/// Findings from records of made-up worlds, of which is known what is to be found in them.
@Suite struct GridFindingsTests {
  /// Few, as these are many findings.
  private static let draws = 40
  /// All sizes and all amounts of data of a standard grid.
  private static let known = GridFindings(GridWorld().results(), draws: draws)

  private func outcomes(_ findings: GridFindings) -> [String: Verdict.Outcome] {
    let answers = findings.answers
    #expect(answers.map(\.claim.name) == GridStudy().claims.map(\.name))
    return answers.reduce(into: [:]) { $0[$1.claim.name] = $1.verdict?.outcome }
  }

  /// With hardly any noise, and as few sizes as a law takes.
  private func outcomes(
    _ sizes: [String] = ["3k", "10k", "30k"], textBytes: Int = 12 << 20,
    _ surface: @escaping (_ family: Int, _ parameters: Double, _ data: Double) -> Double
  ) -> [String: Verdict.Outcome] {
    var world = GridWorld.small(sizes, textBytes: textBytes, surface: surface)
    world.noise = (row: 0.0002, point: 0.0002)
    return outcomes(GridFindings(world.results(), draws: Self.draws))
  }

  /// Two sizes after two amounts of data: too few for any law, and at once.
  private func gains(
    _ surface: @escaping (_ parameters: Double, _ data: Double) -> Double
  ) -> [String: Verdict.Outcome] {
    outcomes(["3k", "100k"], textBytes: 1 << 20) { surface($1, $2) }
  }

  // MARK: The known surface

  @Test func theConstantsLieInTheirIntervals() throws {
    let laws = try #require(Self.known.laws)
    let law = GridWorld().law
    #expect(laws.points.count == 7 * 4)
    for (name, figure) in [
      ("E", \ChinchillaLaw.irreducible), ("α", \.parameterExponent), ("β", \.dataExponent),
    ] {
      let estimate = try #require(laws.estimate { $0[keyPath: figure] })
      let interval = estimate.interval
      #expect(interval.contains(law[keyPath: figure]), "\(name): \(interval)")
      #expect(interval.high - interval.low < 0.3 * law[keyPath: figure], "\(name)")
      let range = try #require(laws.range { $0[keyPath: figure] })
      #expect(range.low < range.high && range.contains(estimate.value))
    }
  }

  /// The rate that all sizes share has one seed, and a lucky one is no reason to prefer it.
  @Test func theRateIsChosenAmongThoseOfAllSeeds() throws {
    var world = GridWorld.small()
    world.keeps = { $0.source == .corpus }
    let surface = try #require(GridSurfaces(world.results()).corpus)
    for size in surface.sizes {
      let tuned = surface.tuned(size)
      #expect(Set(tuned.map(\.rate)) == ["\(GridRow.usualRate(.transformer, size))"])
      #expect(Set(tuned.map(\.seed)).count == 3)
      #expect(!surface.atOneRate(size).isEmpty)
    }
  }

  @Test func theBestSizeGrowsAsTheLawSays() throws {
    let computation = try #require(Self.known.computation)
    let analysis = try #require(computation.analysis())
    let exponent = try #require(analysis.growth.exponent)
    #expect(abs(exponent.value - 0.5) < 0.05)
    #expect(analysis.held == [.chinchilla])
    let counted = try #require(computation.kaplanAnalysis?.growth.exponent)
    #expect(counted.value > exponent.value + 0.02, "without embeddings it seems to grow faster")
    let noise = try #require(Self.known.surface?.noise)
    #expect((0.001...0.005).contains(noise), "of rows and points together: \(noise)")
  }

  /// Three draws of a normal distribution lie within 2.83 of its standard deviations in 89 of 100 cases; those of one row move
  /// together.
  @Test func mostSeedsLieWithinTheNoiseThatIsPrinted() throws {
    let surface = try #require(Self.known.surface)
    let noise = try #require(surface.noise)
    let cells = surface.sizes.flatMap { size in
      surface.amounts.filter { surface.seeds(size, $0).count > 1 }
    }
    #expect(surface.seedSpans.count == cells.count && cells.count >= 20)
    let within = surface.seedSpans.count { $0 <= 2 * 2.0.squareRoot() * noise }
    #expect((cells.count / 2..<cells.count + 1).contains(within))
    #expect(surface.seedSpans.allSatisfy { $0 > 0 && $0 < 6 * noise })
    #expect(Self.known.reading[0].contains("within that at \(within) of \(cells.count) cells"))
  }

  @Test func whatIsTrueOfTheKnownSurfaceIsSupported() {
    let outcomes = outcomes(Self.known)
    for name in [
      "surface-foretells", "constant-helps", "more-data-helps-the-smallest",
      "half-of-growth-is-size", "one-ratio-for-all-budgets",
    ] { #expect(outcomes[name] == .supported, "\(name)") }
    #expect(outcomes["kaplan-joint"] == .notSupported)
    #expect(outcomes["size-and-data-interact"] != .supported, "they add")
    #expect(outcomes["architecture-keeps-the-slope"] == nil, "there is only one")
  }

  @Test func tablesAndChartsAreWhole() throws {
    let all = Self.known.all
    #expect(all.tables.count == 5)
    for table in all.tables {
      #expect(!table.title.isEmpty && !table.rows.isEmpty)
      #expect(table.rows.allSatisfy { $0.count == table.heads.count })
      #expect(table.rows.allSatisfy { $0.contains { $0 != "–" } })
    }
    #expect(
      all.charts.map(\.name) == [
        "surface", "loss-by-data", "equal-computation-corpus", "best-size-corpus", "residuals",
      ])
    let field = try #require(all.charts[0].chart.field)
    let law = try #require(Self.known.laws?.additive?.law)
    #expect(field.x.count == 33 && field.y.count == 33)
    #expect(all.charts[0].chart.series[0].points.count == 28)
    #expect(law.loss(parameters: field.y[0], data: field.x[0]) > 4, "the corner of the worst loss")
    #expect(all.reading.contains { $0.hasPrefix("The law: E = 1.") })
    #expect(all.reading.contains { $0.contains("N grows as C^0.5") })
  }

  // MARK: Other worlds

  /// Neither size nor data matter: what is near is as good as any law.
  @Test func aLawIsNoBetterWhereNothingFalls() {
    let outcomes = outcomes { _, _, _ in 3 }
    #expect(outcomes["surface-foretells"] == .notSupported)
  }

  @Test func aConstantIsNoHelpWhereNothingRemains() {
    var law = GridWorld().law
    law.irreducible = 0
    let outcomes = outcomes(["3k", "10k", "30k", "100k"]) { law.loss(parameters: $1, data: $2) }
    #expect(outcomes["constant-helps"] == .notSupported)
    #expect(outcomes["surface-foretells"] == .supported)
  }

  /// The smallest size unlearns, and the larger a network the more it gains.
  @Test func whoeverGainsByItsSizeIsSeen() {
    let outcomes = gains { parameters, data in
      4 - 0.3 * Mathematics.log2(data / 131_072) * (Mathematics.log2(parameters / 2840) / 8 - 0.2)
    }
    #expect(outcomes["more-data-helps-the-smallest"] == .notSupported)
    #expect(outcomes["larger-gains-more"] == .supported)
  }

  @Test func whoeverIsFullIsSeenToo() {
    let outcomes = gains { parameters, data in
      4 - 0.2 * Mathematics.log2(data / 131_072) * (1 - Mathematics.log2(parameters / 2840) / 6)
    }
    #expect(outcomes["more-data-helps-the-smallest"] == .supported)
    #expect(outcomes["larger-gains-more"] == .notSupported)
  }

  /// Size helps fast and not for long: data are what a larger budget buys.
  @Test func anotherExponentIsAnotherAnswer() throws {
    var world = GridWorld()
    world.law.parameterExponent = 0.8
    world.law.parameterCoefficient = 1500
    world.law.dataExponent = 0.2
    world.law.dataCoefficient = 11
    world.noise = (row: 0.0001, point: 0.0001)
    world.options.seeds = 2
    world.hasTrunks = false
    let findings = GridFindings(world.results(), draws: Self.draws)
    let exponent = try #require(findings.computation?.analysis()?.growth.exponent)
    #expect(abs(exponent.value - 0.2) < 0.1, "β / (α + β): \(exponent)")
    #expect(outcomes(findings)["half-of-growth-is-size"] != .supported)
    #expect(outcomes(findings)["one-ratio-for-all-budgets"] == .notSupported)
  }

  // MARK: Too little

  /// The largest size is the best at any budget, so that none lies inside.
  @Test func fewBudgetsGiveASentenceAndNoTable() {
    var world = GridWorld.small()
    world.law.parameterCoefficient = 1000
    let findings = GridFindings(world.results(), draws: Self.draws)
    let all = findings.all
    #expect(findings.computation == nil)
    #expect(all.reading.contains { $0.contains("only the surface is shown") })
    #expect(!all.tables.contains { $0.title.contains("est size") })
    #expect(all.charts.map(\.name) == ["surface", "loss-by-data", "residuals"])
    #expect(all.charts[0].chart.field != nil)
    let outcomes = outcomes(findings)
    #expect(outcomes["half-of-growth-is-size"] == nil)
  }

  @Test func nothingIsSaidOfNothing() {
    var world = GridWorld.small()
    world.keeps = { _ in false }
    let findings = GridFindings(world.results(), draws: Self.draws)
    #expect(findings.all.tables.isEmpty && findings.all.charts.isEmpty)
    #expect(findings.answers.allSatisfy { $0.verdict == nil })
  }

  @Test func oneSizeGivesLossesAndNoLaw() {
    let findings = GridFindings(
      GridWorld.small(["3k"], textBytes: 1 << 20).results(), draws: Self.draws)
    #expect(findings.laws?.additive == nil)
    #expect(findings.all.tables.count == 1)
    #expect(findings.all.charts.allSatisfy { $0.chart.field == nil })
    #expect(findings.answers.allSatisfy { $0.verdict == nil })
  }
}

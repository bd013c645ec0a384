import Evidence
import Reports
import ScalingLaws

/// What a grid's figures mean, in sentences.
struct GridReading {
  private let findings: GridFindings

  init(_ findings: GridFindings) { self.findings = findings }

  var all: [String] {
    [noise, law, correlations, foretold].compactMap { $0 } + findings.computations.map(computation)
      + [closedForm].compactMap { $0 }
  }

  /// What is said of best sizes, or why nothing is.
  private func computation(_ computation: GridComputation) -> String {
    let text = computation.surface.source == .corpus ? "the corpus" : "sentences without end"
    guard let analysis = computation.analysis(),
      analysis.growth.result.optima.count + analysis.growth.result.discarded.count > 0
    else {
      return
        "Best sizes at equal computation on \(text): there is no budget that four sizes were measured at."
    }
    let found = analysis.growth.result.optima.count
    let budgets = NumberFormat.count(
      found + analysis.growth.result.discarded.count, "budget", "budgets")
    guard computation.isEnough else {
      return
        "Best sizes at equal computation on \(text): at \(found) of \(budgets) the best size lies inside the sizes that "
        + "were measured, and it takes \(GridComputation.fewestOptima): only the surface is shown."
        + (computation.surface.source == .corpus
          ? " A corpus that is so small ends before a larger network becomes the better one." : "")
    }
    guard let exponent = analysis.growth.exponent else {
      let drawn = NumberFormat.fixed(analysis.growth.result.exponent, decimals: 2)
      return
        "Best sizes at equal computation on \(text), at \(found) of \(budgets): a line through them gives C^\(drawn), of "
        + "which nothing is claimed: with the noise of the runs too many draws lose these optima."
    }
    let held = analysis.held.map(Self.words) ?? ""
    return "Best sizes at equal computation on \(text), at \(found) of \(budgets): N grows as C^"
      + "\(NumberFormat.fixed(exponent.value, decimals: 2)) (95 % interval "
      + "\(NumberFormat.interval(analysis.interval, decimals: 2)))\(held)."
  }

  private static func words(_ held: [PublishedExponent]) -> String {
    switch held {
    case [.kaplan]: ", which holds Kaplan's 0.73 and not Chinchilla's 0.50"
    case [.chinchilla]: ", which holds Chinchilla's 0.50 and not Kaplan's 0.73"
    case []: ", which holds neither Kaplan's 0.73 nor Chinchilla's 0.50"
    default: ", which holds both Kaplan's 0.73 and Chinchilla's 0.50"
    }
  }

  /// The third estimator: what follows from the law.
  private var closedForm: String? {
    guard
      let form = findings.computations.first?.reconciliation.closedForms.first(where: {
        $0.arm == RunArm(rate: .tuned, schedule: .matched)
          && $0.count == RunCount(parameters: .total, operations: .exact)
      }), let exponent = form.exponent
    else { return nil }
    return "By the law that was fitted to the corpus' losses the best size grows as C^"
      + "\(NumberFormat.fixed(exponent.value, decimals: 2)) "
      + "(\(NumberFormat.interval(exponent.interval, decimals: 2)))."
  }

  private var noise: String? {
    guard let surface = findings.surface, let noise = surface.noise else {
      return "Every size was run from one seed, so that nothing is known of the noise between runs."
    }
    // By more than this two draws of one normal distribution differ once in twenty times.
    let floor = 2 * 2.0.squareRoot() * noise
    let spans = surface.seedSpans
    return
      "Runs that differ in their seed alone differ by \(NumberFormat.fixed(noise * 100, decimals: 2)) % of the loss "
      + "(standard deviation): no difference below \(NumberFormat.fixed(floor * 100, decimals: 2)) % between two runs is one. "
      + "All seeds lie within that at \(spans.count { $0 <= floor }) of "
      + "\(NumberFormat.count(spans.count, "cell", "cells")); at most they lie "
      + "\(NumberFormat.fixed(spans.max().map { $0 * 100 }, decimals: 2)) % apart."
  }

  private var law: String? {
    guard let laws = findings.laws, let alpha = laws.estimate(\.parameterExponent),
      let beta = laws.estimate(\.dataExponent), let constant = laws.estimate(\.irreducible)
    else { return nil }
    func shown(_ estimate: Estimate) -> String {
      "\(NumberFormat.fixed(estimate.value, decimals: 2)) (\(NumberFormat.interval(estimate.interval, decimals: 2)))"
    }
    return
      "The law: E = \(shown(constant)), α = \(shown(alpha)), β = \(shown(beta)), from \(laws.points.count) points with "
      + "five constants, so that the intervals are wide. They are of this text, bytes and sizes: published exponents (0.34 and "
      + "0.28, or 0.35 and 0.37 by those who fitted again) need not come out here."
  }

  /// How well the law that is chosen without a look at what is foretold does beside both naive guesses.
  private var foretold: String? {
    guard let laws = findings.laws, let form = laws.chosen, let scores = laws.holdOut,
      let own = scores.score(of: form), let nearest = scores.score(of: nil)
    else { return nil }
    func shown(_ score: SurfaceHoldOut.Score) -> String {
      "\(NumberFormat.fixed(score.error * 100, decimals: 2)) %"
    }
    let withoutConstant =
      form == .withoutConstant
      ? "" : scores.score(of: .withoutConstant).map { ", the law with E = 0 by \(shown($0))" } ?? ""
    return
      "The law that foretold best one size and one doubling earlier is \(form.formula): fitted without the largest size and the "
      + "most data it misses them by \(shown(own)), the guess of the nearest run by \(shown(nearest))\(withoutConstant)."
  }

  private var correlations: String? {
    guard let laws = findings.laws,
      let size = laws.correlation(
        { Mathematics.log($0.parameterCoefficient) }, { $0.parameterExponent }),
      let data = laws.correlation({ Mathematics.log($0.dataCoefficient) }, { $0.dataExponent })
    else { return nil }
    return
      "Coefficients and exponents cannot be told apart well: over the draws log A and α correlate by "
      + "\(NumberFormat.fixed(size, decimals: 3)), log B and β by \(NumberFormat.fixed(data, decimals: 3))."
  }
}

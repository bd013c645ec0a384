import Evidence
import Reports
import ScalingLaws

/// What a grid's figures mean, in sentences.
struct GridReading {
  private let findings: GridFindings

  init(_ findings: GridFindings) { self.findings = findings }

  var all: [String] { [noise, law, correlations].compactMap { $0 } }

  private var noise: String? {
    guard let noise = findings.surface?.noise else {
      return "Every size was run from one seed, so that nothing is known of the noise between runs."
    }
    return
      "Runs that differ in their seed alone differ by \(NumberFormat.fixed(noise * 100, decimals: 2)) % of the loss "
      + "(standard deviation): no difference below \(NumberFormat.fixed(noise * 283, decimals: 2)) % between two runs is one."
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

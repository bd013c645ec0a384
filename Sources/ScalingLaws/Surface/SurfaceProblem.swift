/// Points to which a law of size and data is fitted, in the coordinates in which that is done: logarithms about their means.
struct SurfaceProblem {
  let form: SurfaceForm
  /// Whether the interaction is subtracted, so that more data bring larger models more; otherwise they bring them less.
  let subtracts: Bool
  private(set) var logLosses: [Double]
  private let weights: [Double]
  private let sizes: CentredLogarithms
  private let data: CentredLogarithms

  /// Positive figures; at least one point.
  init(_ points: [SurfacePoint], form: SurfaceForm, subtracts: Bool = false) {
    self.form = form
    self.subtracts = subtracts
    logLosses = points.map { Elementary.logarithm($0.loss) }
    weights = points.map(\.weight)
    sizes = CentredLogarithms(points.map(\.parameters))
    data = CentredLogarithms(points.map(\.data))
  }

  /// The same points with other losses.
  func with(logLosses: [Double]) -> SurfaceProblem {
    var copy = self
    copy.logLosses = logLosses
    return copy
  }

  /// Where the search from `start` ends.
  func minimise(from start: [Double], with minimiser: LBFGS) -> Minimum {
    switch form {
    case .joint: minimiser.minimise(joint, from: start)
    default: minimiser.minimise(terms, from: start)
    }
  }

  /// The logarithms of the law's losses.
  func fitted(at point: [Double]) -> [Double] {
    form == .joint ? joint.logLosses(at: point) : terms.logLosses(at: point)
  }

  private var joint: JointObjective {
    JointObjective(
      logSizes: sizes.values, logData: data.values, logLosses: logLosses, weights: weights)
  }

  private var terms: PowerTermsObjective {
    let products = zip(sizes.values, data.values).map { $0 + $1 }
    return PowerTermsObjective(
      hasConstant: form != .withoutConstant,
      logSizes: [sizes.values, data.values] + (form == .interaction ? [products] : []),
      logLosses: logLosses, weights: weights, subtracted: subtracts ? Self.interaction : nil)
  }

  /// The place of the interaction among the terms.
  private static let interaction = 2

  /// The law whose constants are those of `point`.
  func law(at point: [Double]) -> SurfaceLaw {
    if form == .joint { return .joint(jointLaw(at: point)) }
    let law = ChinchillaLaw(
      irreducible: form == .withoutConstant ? 0 : Self.exponential(point[point.count - 1]),
      parameterCoefficient: Self.exponential(point[0] + point[1] * sizes.mean),
      parameterExponent: point[1],
      dataCoefficient: Self.exponential(point[2] + point[3] * data.mean),
      dataExponent: point[3])
    guard form == .interaction else { return .additive(law) }
    let coefficient = Self.exponential(point[4] + point[5] * (sizes.mean + data.mean))
    return .interaction(
      law, coefficient: subtracts ? -coefficient : coefficient, exponent: point[5])
  }

  private func jointLaw(at point: [Double]) -> KaplanLaw {
    KaplanLaw(
      criticalParameters: Self.exponential(point[0] / point[1] + sizes.mean),
      parameterExponent: point[1] * point[3],
      criticalData: Self.exponential(point[2] + data.mean), dataExponent: point[3])
  }

  /// Finite and not zero, however absurd the fit.
  private static func exponential(_ x: Double) -> Double {
    Elementary.exponential(min(max(x, -690), 690))
  }
}

extension SurfaceProblem {
  /// Surfaces near the losses that were seen, of several exponents, constants and shares of size and data: they suit any
  /// unit, as Hoffmann's fixed grid does not.
  var starts: [[Double]] {
    switch form {
    case .joint: jointStarts
    case .additive, .withoutConstant, .interaction: additiveStarts
    }
  }

  private var additiveStarts: [[Double]] {
    let smallest = logLosses.min()!
    let mean = Elementary.exponential(meanLogLoss)
    var starts: [[Double]] = []
    for share in form == .withoutConstant ? [1e-9] : [0.3, 0.7, 0.95] {
      let constant = smallest + Elementary.logarithm(share)
      let rest = max(mean - Elementary.exponential(constant), 1e-9)
      for part in [0.2, 0.5, 0.8] {
        let size = Elementary.logarithm(rest * part)
        let data = Elementary.logarithm(rest * (1 - part))
        for alpha in [0.2, 0.5, 1] {
          for beta in [0.2, 0.5, 1] {
            var start = [size, alpha, data, beta]
            if form == .interaction { start += [Elementary.logarithm(rest * 0.1), 0.3] }
            if form != .withoutConstant { start.append(constant) }
            starts.append(start)
          }
        }
      }
    }
    return starts
  }

  private var jointStarts: [[Double]] {
    var starts: [[Double]] = []
    for exponent in [0.05, 0.1, 0.3, 0.6] {
      let level = meanLogLoss / exponent - 1
      for ratio in [0.3, 1, 2] {
        for shift in [-1.0, 0, 1] {
          starts.append([level + shift, ratio, level - shift, exponent])
        }
      }
    }
    return starts
  }

  private var meanLogLoss: Double { logLosses.reduce(0, +) / Double(logLosses.count) }
}

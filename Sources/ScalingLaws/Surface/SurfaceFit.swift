/// A law of size and data, fitted to points from many starts.
public struct SurfaceFit: Sendable, Equatable {
  public let form: SurfaceForm
  public let law: SurfaceLaw
  /// The sum of weighted Huber losses of the log residuals.
  public let objective: Double
  /// The logarithm of each loss seen less that of the law's, in the order of the points.
  public let residuals: [Double]
  /// How many starts were tried, and how many of them ended at the best optimum.
  public let starts: Int
  public let reachedBest: Int
  /// Where the optimum lies, for refits.
  let optimum: [Double]
  /// Whether an interaction is subtracted.
  private let subtracts: Bool

  /// Fits a law of `form` to `points`.
  ///
  /// Throws a refusal for fewer points than constants and one more, sizes or data that do not vary, or figures that are
  /// not positive numbers.
  public init(_ points: [SurfacePoint], form: SurfaceForm = .additive) throws(FitRefusal) {
    try Self.check(points, form: form)
    let minimiser = LBFGS(tolerance: 1e-12, maximumIterations: 500)
    let minima = (form == .interaction ? [false, true] : [false]).flatMap { subtracts in
      let problem = SurfaceProblem(points, form: form, subtracts: subtracts)
      return problem.starts.map { (problem, problem.minimise(from: $0, with: minimiser)) }
    }.filter { $1.value.isFinite }
    guard let (problem, best) = minima.min(by: { $0.1.value < $1.1.value }) else {
      throw FitRefusal(
        .badInput, "No start of the search led to a law: the losses are no such surface.")
    }
    self.form = form
    law = problem.law(at: best.point)
    objective = best.value
    residuals = difference(problem.logLosses, problem.fitted(at: best.point))
    starts = minima.count
    reachedBest = minima.count { $1.value <= best.value * (1 + 1e-6) + 1e-18 }
    optimum = best.point
    subtracts = problem.subtracts
  }

  /// The root of the mean square of the residuals, per degree of freedom: the scatter about the law as a share of the loss.
  public var scatter: Double {
    (dot(residuals, residuals) / Double(max(1, residuals.count - form.constants))).squareRoot()
  }

  /// What was solved, of the same law on `points`.
  func problem(_ points: [SurfacePoint]) -> SurfaceProblem {
    SurfaceProblem(points, form: form, subtracts: subtracts)
  }

  static func check(_ points: [SurfacePoint], form: SurfaceForm) throws(FitRefusal) {
    for point in points {
      let figures = [point.parameters, point.data, point.loss, point.weight]
      guard figures.allSatisfy({ $0 > 0 && $0.isFinite }) else {
        throw FitRefusal(
          .badInput,
          "Sizes, losses and weights have to be positive numbers; one of \(figures) is not.")
      }
    }
    guard points.count > form.constants else {
      throw FitRefusal(
        .tooFewPoints,
        "The law has \(form.constants) constants, so it takes at least \(form.constants + 1) points to fit it; the "
          + "number of points here is \(points.count).")
    }
    guard points.contains(where: { $0.parameters != points[0].parameters }),
      points.contains(where: { $0.data != points[0].data })
    else {
      throw FitRefusal(
        .narrowRange,
        "Either all models have one size or all saw the same amount of data, so the two effects cannot be told "
          + "apart.")
    }
  }
}

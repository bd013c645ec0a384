/// How well the law, fitted without the largest sizes, predicts them, beside two naive guesses.
///
/// Held out are the sizes above a quarter of the largest, but at least two and otherwise at most a quarter of
/// all. Errors are root mean squares of log(predicted / seen): 0.01 is a miss by one percent.
public struct HoldOut: Sendable, Equatable, Codable {
  /// The law fitted without the held-out sizes.
  public var law: PowerLaw
  /// The largest size that was fitted, in bytes.
  public var trainedUpTo: Double
  /// Predicted less seen, in bits per byte, of each held-out size, the smallest first.
  public var misses: [Double]
  /// The error of the law.
  public var lawError: Double
  /// The error of the guess that the loss stays at the last value fitted.
  public var lastValueError: Double
  /// The error of the straight line in log loss and log size, by least squares through the last three points
  /// fitted.
  public var straightLineError: Double
  /// The scatter of the fitted points about the law: differences below it are noise.
  public var noise: Double

  /// The mean of predicted less seen, in bits per byte: negative where the law promised too much.
  public var meanMiss: Double { misses.reduce(0, +) / Double(misses.count) }

  /// Whether the law was better than both guesses, or no worse than the better one by more than the noise.
  public var isPassed: Bool { lawError <= min(lastValueError, straightLineError) + noise }
}

extension HoldOut {
  /// Fits without the largest sizes; nil if too few would remain.
  init?(_ curve: LossCurve) {
    let count = Self.count(of: curve)
    let rest = curve.dropping(largest: count)
    guard rest.points.count >= LossCurve.fewestPoints else { return nil }
    let (fit, _) = PowerLawProblem(rest).fit()
    let heldOut = curve.points.suffix(count)
    let last = rest.points[rest.points.count - 1]
    let line = StraightLine(through: rest.points.suffix(3))
    law = fit.law
    trainedUpTo = last.bytes
    misses = heldOut.map { Elementary.bounded(fit.law.loss(after: $0.bytes)) - $0.loss }
    lawError = Self.error(heldOut) { fit.law.loss(after: $0) }
    lastValueError = Self.error(heldOut) { _ in last.loss }
    straightLineError = Self.error(heldOut) { line.loss(after: $0) }
    noise = fit.scatter()
  }

  private static func count(of curve: LossCurve) -> Int {
    let points = curve.points
    let large = points.count { $0.bytes > points[points.count - 1].bytes / 4 }
    return max(2, min(large, points.count / 4))
  }

  private static func error(
    _ points: ArraySlice<LossPoint>, predicted: (Double) -> Double
  ) -> Double {
    let errors = points.map {
      Elementary.logarithm(Elementary.bounded(predicted($0.bytes) / $0.loss))
    }
    return (dot(errors, errors) / Double(errors.count)).squareRoot()
  }
}

/// A power law without an irreducible loss, by least squares on logarithms.
private struct StraightLine {
  private var intercept, slope: Double

  /// Precondition: two points of different sizes or more.
  init(through points: ArraySlice<LossPoint>) {
    let sizes = points.map { Elementary.logarithm($0.bytes) }
    let losses = points.map { Elementary.logarithm($0.loss) }
    let count = Double(points.count)
    let (size, loss) = (sizes.reduce(0, +) / count, losses.reduce(0, +) / count)
    let deviations = sizes.map { $0 - size }
    slope = dot(deviations, losses) / dot(deviations, deviations)
    intercept = loss - slope * size
  }

  func loss(after bytes: Double) -> Double {
    Elementary.exponential(intercept + slope * Elementary.logarithm(bytes))
  }
}

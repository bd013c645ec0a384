/// How well a law, fitted without the largest size and without the most data, predicts them.
///
/// Errors are root mean squares of log(predicted / seen): 0.01 is a miss by one per cent.
public struct SurfaceHoldOut: Sendable, Equatable {
  /// Predictions of one form for the points that were held out.
  public struct Score: Sendable, Equatable {
    /// The form; nil for the guess that a loss is that of the nearest point.
    public let form: SurfaceForm?
    /// Predicted over seen, as logarithms, in the order of `points`.
    public let misses: [Double]

    /// The root mean square of the misses.
    public var error: Double { (dot(misses, misses) / Double(misses.count)).squareRoot() }
  }

  /// What was held out.
  public let points: [SurfacePoint]
  /// Of each form that could be fitted to the rest, in their order, and of the nearest point.
  public let scores: [Score]

  /// Holds out the points of the largest size and those of the most data; nil if none of the forms can be fitted to the
  /// rest.
  public init?(_ points: [SurfacePoint], forms: [SurfaceForm] = SurfaceForm.allCases) {
    let (largest, most) = (points.map(\.parameters).max() ?? 0, points.map(\.data).max() ?? 0)
    let rest = Self.within(points)
    let heldOut = points.filter { $0.parameters >= largest || $0.data >= most }
    let fitted = forms.compactMap { form in
      (try? SurfaceFit(rest, form: form)).map { fit in
        Score(
          form: form,
          misses: heldOut.map {
            Self.miss(fit.law.loss(parameters: $0.parameters, data: $0.data), $0)
          })
      }
    }
    guard !fitted.isEmpty, !heldOut.isEmpty else { return nil }
    self.points = heldOut
    scores =
      fitted + [Score(form: nil, misses: heldOut.map { Self.miss(Self.nearest(to: $0, rest), $0) })]
  }

  /// The form that foretells best one step earlier, where the largest size and the most data are gone and the largest and the most
  /// of what is left are held out: a choice that knows nothing of `points`' own. Nil if too little is left.
  public static func choice(_ points: [SurfacePoint]) -> SurfaceForm? {
    let forms = SurfaceHoldOut(within(points))?.scores.filter { $0.form != nil } ?? []
    return forms.min { $0.error < $1.error }?.form
  }

  /// All but the largest size and the most data.
  private static func within(_ points: [SurfacePoint]) -> [SurfacePoint] {
    let (largest, most) = (points.map(\.parameters).max() ?? 0, points.map(\.data).max() ?? 0)
    return points.filter { $0.parameters < largest && $0.data < most }
  }

  /// The score of `form`; nil if it could not be fitted.
  public func score(of form: SurfaceForm?) -> Score? { scores.first { $0.form == form } }

  private static func miss(_ predicted: Double, _ point: SurfacePoint) -> Double {
    Elementary.logarithm(Elementary.bounded(predicted / point.loss))
  }

  /// The loss of the point that is nearest in logarithms.
  private static func nearest(to point: SurfacePoint, _ others: [SurfacePoint]) -> Double {
    func distance(_ other: SurfacePoint) -> Double {
      let size = Elementary.logarithm(other.parameters / point.parameters)
      let data = Elementary.logarithm(other.data / point.data)
      return size * size + data * data
    }
    return others.min { distance($0) < distance($1) }!.loss
  }
}

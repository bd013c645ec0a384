import BPBCore
import Evidence
import ScalingLaws

/// The laws of size and data that fit a surface, and how well they foretell what they were not shown.
struct GridLaws {
  /// One point for each size and amount of data: the mean over seeds at the tuned rate.
  let points: [SurfacePoint]
  /// Of each form that could be fitted, in the order of the forms.
  let fits: [SurfaceFit]
  /// Laws that the additive form might have had; nil if it could not be fitted.
  let uncertainty: SurfaceUncertainty?
  /// Nil if too little is left without the largest size and the most data.
  let holdOut: SurfaceHoldOut?
  /// The form that foretold best one size and one doubling earlier; nil if too little is left there.
  let chosen: SurfaceForm?
  /// The additive law without each size, in the order of the sizes.
  let leavingOut: [ChinchillaLaw]

  /// Draws of the bootstrap.
  static let usualDraws = 500

  init(_ surface: GridSurface, seed: UInt64, draws: Int = GridLaws.usualDraws) {
    let points = surface.sizes.flatMap { size in
      surface.amounts.compactMap { data -> SurfacePoint? in
        let own = surface.seeds(size, data)
        guard let loss = own.map(\.loss).mean else { return nil }
        return SurfacePoint(parameters: own[0].parameters, data: data, loss: loss)
      }
    }
    self.points = points
    fits = SurfaceForm.allCases.compactMap { try? SurfaceFit(points, form: $0) }
    var generator = SeededGenerator(seed: seed)
    uncertainty = fits.first { $0.form == .additive }.map {
      SurfaceUncertainty($0, rowsOf: points, draws: draws, using: &generator)
    }
    holdOut = SurfaceHoldOut(points)
    chosen = SurfaceHoldOut.choice(points)
    let sizes = Set(points.map(\.parameters)).sorted()
    leavingOut = sizes.compactMap { size in
      (try? SurfaceFit(points.filter { $0.parameters != size }))?.law.chinchilla
    }
  }

  var additive: SurfaceFit? { fits.first { $0.form == .additive } }

  /// What the surface is drawn by: the form that was chosen, or else the additive one.
  var drawn: SurfaceFit? { fits.first { $0.form == chosen } ?? additive }

  /// The additive law with its draws; nil if it could not be fitted.
  var basis: (fit: SurfaceFit, uncertainty: SurfaceUncertainty)? {
    guard let additive, let uncertainty else { return nil }
    return (additive, uncertainty)
  }

  /// The error of `form` less that of another, or of the nearest point, over the points that were held out.
  func errorDifference(_ form: SurfaceForm, less other: SurfaceForm?) -> Estimate? {
    guard let first = holdOut?.score(of: form), let second = holdOut?.score(of: other) else {
      return nil
    }
    // What one run moves together counts once: a mean for each size.
    let sizes = holdOut?.points.map(\.parameters) ?? []
    let differences = zip(first.misses, second.misses).map { abs($0) - abs($1) }
    return Estimate(
      meanOf: Set(sizes).sorted().compactMap { size in
        zip(sizes, differences).filter { $0.0 == size }.map(\.1).mean
      })
  }

  /// A figure of the additive law, with its interval.
  func estimate(_ figure: (ChinchillaLaw) -> Double) -> Estimate? {
    guard let law = additive?.law.chinchilla,
      let interval = uncertainty?.interval(of: { figure($0.chinchilla ?? law) })
    else { return nil }
    return Estimate(value: figure(law), interval: interval)
  }

  /// How much `figure` changes if a size is left out.
  func range(_ figure: (ChinchillaLaw) -> Double) -> Interval? {
    let values = leavingOut.map(figure).filter(\.isFinite)
    guard let low = values.min(), let high = values.max() else { return nil }
    return Interval(low: low, high: high)
  }

  /// The correlation of two figures over the draws.
  func correlation(
    _ first: (ChinchillaLaw) -> Double, _ second: (ChinchillaLaw) -> Double
  ) -> Double? {
    guard let law = additive?.law.chinchilla else { return nil }
    return uncertainty?.correlation(
      { first($0.chinchilla ?? law) }, { second($0.chinchilla ?? law) })
  }
}

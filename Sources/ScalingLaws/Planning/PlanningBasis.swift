/// What a plan rests on: a law that was fitted, laws as they might have been fitted, what a unit of data costs by size, and how
/// far all this was measured.
public struct PlanningBasis: Sendable {
  public let fit: SurfaceFit
  public let uncertainty: SurfaceUncertainty
  public let operations: OperationsCurve
  /// How far losses lie from the law; nil where the points are too few to tell rows from points.
  public let noise: RowNoise?
  /// The smallest and largest size that was measured.
  public let measuredParameters: ClosedRange<Double>
  /// The least and most data after which a loss was measured.
  public let measuredData: ClosedRange<Double>
  /// The least and most computation of a measured loss.
  public let measuredComputation: ClosedRange<Double>

  /// A basis of `fit` with its draws, and of the points to which it was fitted, at least one.
  public init(
    _ fit: SurfaceFit, _ uncertainty: SurfaceUncertainty, _ points: [SurfacePoint],
    operations: OperationsCurve
  ) {
    func range(_ figure: (SurfacePoint) -> Double) -> ClosedRange<Double> {
      let figures = points.map(figure)
      return figures.min()!...figures.max()!
    }
    self.fit = fit
    self.uncertainty = uncertainty
    self.operations = operations
    noise = RowNoise(residualsOf: fit, points)
    measuredParameters = range { $0.parameters }
    measuredData = range { $0.data }
    measuredComputation = range { $0.data * operations.operations(parameters: $0.parameters) }
  }
}

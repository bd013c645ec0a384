/// A straight line through points, by least squares.
struct LeastSquaresLine {
  let slope: Double
  /// The sum of squares of the distances of x from their mean.
  let spread: Double
  /// The mean square of the residuals per degree of freedom; zero of two points.
  let scatter: Double
  /// The points less the two constants.
  let degreesOfFreedom: Int

  /// Nil where no line is determined: x that do not vary, or figures that are not finite.
  init?(_ points: [(x: Double, y: Double)]) {
    let count = Double(points.count)
    let (x, y) = (points.reduce(0) { $0 + $1.x } / count, points.reduce(0) { $0 + $1.y } / count)
    spread = points.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
    let slope = points.reduce(0) { $0 + ($1.x - x) * ($1.y - y) } / spread
    guard slope.isFinite else { return nil }
    let squares = points.reduce(0) { sum, point in
      let residual = point.y - y - slope * (point.x - x)
      return sum + residual * residual
    }
    self.slope = slope
    degreesOfFreedom = points.count - 2
    scatter = degreesOfFreedom > 0 ? squares / Double(degreesOfFreedom) : 0
  }
}

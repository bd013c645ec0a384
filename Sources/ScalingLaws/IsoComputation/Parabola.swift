/// y = c + b (x - m) + a (x - m)², by least squares; m is the mean of x.
struct Parabola {
  private let mean: Double
  private let constant, slope, curvature: Double

  /// Nil of fewer than three places.
  init?(_ points: [(x: Double, y: Double)]) {
    guard points.count > 2 else { return nil }
    let count = Double(points.count)
    let mean = points.reduce(0) { $0 + $1.x } / count
    func moment(_ power: Int, _ weight: (Double) -> Double = { _ in 1 }) -> Double {
      points.reduce(0) { sum, point in
        var term = weight(point.y)
        for _ in 0..<power { term *= point.x - mean }
        return sum + term
      }
    }
    let (x2, x3, x4) = (moment(2), moment(3), moment(4))
    let (y0, y1, y2) = (moment(0) { $0 }, moment(1) { $0 }, moment(2) { $0 })
    // Cramer's rule on the normal equations, whose first moments about the mean are zero.
    let determinant = count * (x2 * x4 - x3 * x3) - x2 * x2 * x2
    guard abs(determinant) > 1e-12 * count * x2 * x4 else { return nil }
    self.mean = mean
    constant = (y0 * (x2 * x4 - x3 * x3) + x2 * (y1 * x3 - x2 * y2)) / determinant
    slope = (count * (y1 * x4 - x3 * y2) - x2 * x2 * y1 + x2 * x3 * y0) / determinant
    curvature = (count * (x2 * y2 - x3 * y1) - x2 * x2 * y0) / determinant
  }

  /// Where it is least; nil if it opens downwards.
  var vertex: (x: Double, y: Double)? {
    guard curvature > 0 else { return nil }
    let offset = -slope / (2 * curvature)
    return (mean + offset, constant + slope * offset / 2)
  }
}

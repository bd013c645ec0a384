/// Weights and residual of networks of several sizes on one text, and where they are shortest.
struct TwoPartCurve {
  struct Point {
    var parameters: Double
    /// Bits per byte of the file.
    var total: Double
  }

  /// Of rising size.
  let points: [Point]
  /// Bits per byte by which the smallest and the largest network have to be worse than the best one.
  private let margin: Double

  init(_ points: [Point], margin: Double) {
    self.points = points.sorted { $0.parameters < $1.parameters }
    self.margin = margin
  }

  /// What is known of the best size.
  enum Best: Equatable {
    /// So many parameters, sizes on both sides of it being worse.
    case inside(parameters: Double)
    /// The smallest network is the best or as good, so that a smaller one might be better.
    case atSmallest
    case atLargest
  }

  /// The vertex of the parabola through the best point and its neighbours, over the logarithm of the parameters.
  ///
  /// Nil with fewer than three sizes.
  var best: Best? {
    guard points.count >= 3,
      let place = points.indices.min(by: { points[$0].total < points[$1].total })
    else { return nil }
    let least = points[place].total
    guard place > 0, points[0].total > least + margin else { return .atSmallest }
    guard place < points.count - 1, points[points.count - 1].total > least + margin else {
      return .atLargest
    }
    return .inside(parameters: vertex(place))
  }

  private func vertex(_ place: Int) -> Double {
    let x = (place - 1...place + 1).map { Mathematics.log2(points[$0].parameters) }
    let y = (place - 1...place + 1).map { points[$0].total }
    let (left, right) = (x[1] - x[0], x[2] - x[1])
    let (fall, rise) = (y[0] - y[1], y[2] - y[1])
    let curvature = left * rise + right * fall
    guard curvature > 0 else { return points[place].parameters }
    let shift = (right * right * fall - left * left * rise) / (2 * curvature)
    return Mathematics.exp2(x[1] + shift)
  }

  /// The slope of the least-squares line through `points`; nil through fewer than two.
  static func slope(through points: [(x: Double, y: Double)]) -> Double? {
    let count = Double(points.count)
    let (x, y) = (
      points.reduce(0) { $0 + $1.x } / count, points.reduce(0) { $0 + $1.y } / count
    )
    let spread = points.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
    guard spread > 0 else { return nil }
    return points.reduce(0) { $0 + ($1.x - x) * ($1.y - y) } / spread
  }
}

extension Chart {
  /// The Pareto front of all series of points: those for which no other is better on one axis and as
  /// good on the other (V. Pareto, 1906), in the order of x. Empty unless both axes say what is
  /// better.
  public var front: [Point] {
    guard let betterX = x.better, let betterY = y.better else { return [] }
    let points = series.filter { $0.kind == .points }.flatMap(\.points)
      .filter { x.hasPlace(for: $0.x) && y.hasPlace(for: $0.y) }
    func cost(_ value: Double, _ better: Axis.Better) -> Double { better == .low ? value : -value }
    func costs(_ point: Point) -> (Double, Double) {
      (cost(point.x, betterX), cost(point.y, betterY))
    }
    var front: [Point] = []
    var lowest = Double.infinity
    for point in points.sorted(by: { costs($0) < costs($1) }) where costs(point).1 < lowest {
      lowest = costs(point).1
      front.append(point)
    }
    return front.sorted { $0.x < $1.x }
  }
}

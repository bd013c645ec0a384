/// Points with straight lines between them; a ring if it ends where it begins.
struct Polyline {
  typealias Point = (x: Double, y: Double)

  let points: [Point]

  /// A line through `points`, of which those that follow on themselves count once.
  init(joining points: [Point]) {
    self.points = points.reduce(into: []) { kept, point in
      if kept.isEmpty || kept[kept.count - 1] != point { kept.append(point) }
    }
  }

  var isClosed: Bool { points.count > 2 && points[0] == points[points.count - 1] }

  /// From one end to the other.
  var length: Double {
    zip(points, points.dropFirst()).reduce(0) { $0 + Self.distance($1.0, $1.1) }
  }

  /// The point at `share` of the length, 0 to 1.
  func point(at share: Double) -> Point {
    var rest = share * length
    for (start, end) in zip(points, points.dropFirst()) {
      let step = Self.distance(start, end)
      if rest <= step, step > 0 {
        let part = rest / step
        return (start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part)
      }
      rest -= step
    }
    return points[points.count - 1]
  }

  /// The same with fewer points, none of which was farther than `tolerance` from it (U. Ramer, 1972;
  /// D. H. Douglas and T. K. Peucker, 1973).
  func simplified(tolerance: Double) -> Polyline {
    var isKept = points.map { _ in false }
    (isKept[0], isKept[points.count - 1]) = (true, true)
    var open = [0..<points.count - 1]
    while let stretch = open.popLast() {
      let inner = stretch.dropFirst().map { index in
        (
          index,
          Self.distance(
            points[index], from: points[stretch.lowerBound], to: points[stretch.upperBound])
        )
      }
      guard let farthest = inner.max(by: { $0.1 < $1.1 }), farthest.1 > tolerance else { continue }
      isKept[farthest.0] = true
      open += [stretch.lowerBound..<farthest.0, farthest.0..<stretch.upperBound]
    }
    return Polyline(joining: zip(points, isKept).filter(\.1).map(\.0))
  }

  private static func distance(_ a: Point, _ b: Point) -> Double {
    ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
  }

  /// From `point` to the nearest of the straight line between two others.
  private static func distance(_ point: Point, from start: Point, to end: Point) -> Double {
    let (across, up) = (end.x - start.x, end.y - start.y)
    let square = across * across + up * up
    guard square > 0 else { return distance(point, start) }
    let share = ((point.x - start.x) * across + (point.y - start.y) * up) / square
    let part = min(max(share, 0), 1)
    return distance(point, (start.x + across * part, start.y + up * part))
  }
}

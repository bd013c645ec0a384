/// The shapes that stand for points. Filled and hollow they give twelve, and with the hues of the
/// palette 24 series can be told apart.
enum Marker: Int, CaseIterable {
  case circle, square, triangle, diamond, triangleDown, cross

  /// The marker of the series at a place of the legend, and whether it is filled.
  static func ofSeries(_ index: Int) -> (shape: Marker, isFilled: Bool) {
    let shape = allCases[index % allCases.count]
    return (shape, index / allCases.count % 2 == 0)
  }

  /// Its outline around the origin, of about the area of a circle with this radius.
  func path(radius r: Double) -> String {
    switch self {
    case .circle:
      let arc = "a\(c(r)) \(c(r)) 0 1 0 "
      return "M\(c(-r)) 0\(arc)\(c(2 * r)) 0\(arc)\(c(-2 * r)) 0Z"
    case .square: return polygon([(-0.89, -0.89), (0.89, -0.89), (0.89, 0.89), (-0.89, 0.89)], r)
    case .triangle: return polygon([(0, -1.25), (1.2, 0.85), (-1.2, 0.85)], r)
    case .diamond: return polygon([(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)], r)
    case .triangleDown: return polygon([(0, 1.25), (1.2, -0.85), (-1.2, -0.85)], r)
    case .cross:
      let a = 0.42
      let b = 1.2
      return polygon(
        [
          (-a, -b), (a, -b), (a, -a), (b, -a), (b, a), (a, a), (a, b), (-a, b), (-a, a), (-b, a),
          (-b, -a), (-a, -a),
        ], r)
    }
  }

  private func c(_ value: Double) -> String { Coordinate.text(value) }

  private func polygon(_ corners: [(Double, Double)], _ radius: Double) -> String {
    "M" + corners.map { Coordinate.text($0.0 * radius, $0.1 * radius) }.joined(separator: "L") + "Z"
  }
}

extension Chart.Series.Dash {
  /// The dash of a line of the series at a place of the legend that does not say its own: the first
  /// round of hues is solid.
  static func ofSeries(_ index: Int, hues: Int) -> Self {
    [.solid, .dashed, .dotted][index / hues % 3]
  }

  /// Lengths of dash and gap as SVG writes them; nil for a solid line.
  var pattern: String? {
    switch self {
    case .solid: nil
    case .dashed: "7 4"
    case .dotted: "1.5 4"
    }
  }
}

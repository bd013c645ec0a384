/// Lengths and places in a drawing.
enum Coordinate {
  /// `value` to a hundredth, as short as can be; what is far outside of any drawing is brought near.
  static func text(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let units = Int((min(max(value, -1e6), 1e6) * 100).rounded())
    let digits = String(units.magnitude)
    let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    var fraction = padded.suffix(2)
    while fraction.last == "0" { fraction.removeLast() }
    return (units < 0 ? "-" : "") + padded.dropLast(2) + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// Two numbers with a blank between them.
  static func text(_ x: Double, _ y: Double) -> String { text(x) + " " + text(y) }
}

/// A rectangle of a drawing, y growing downwards.
struct Rectangle: Equatable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double

  var width: Double { right - left }
  var height: Double { bottom - top }

  /// The area that both cover.
  func overlap(with other: Rectangle) -> Double {
    max(0, min(right, other.right) - max(left, other.left))
      * max(0, min(bottom, other.bottom) - max(top, other.top))
  }

  /// Whether `point` lies in it.
  func contains(_ point: (x: Double, y: Double)) -> Bool {
    (left...max(left, right)).contains(point.x) && (top...max(top, bottom)).contains(point.y)
  }

  /// Whether all of it lies in `other`.
  func isInside(_ other: Rectangle) -> Bool {
    left >= other.left && right <= other.right && top >= other.top && bottom <= other.bottom
  }
}

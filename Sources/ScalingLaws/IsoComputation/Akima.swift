/// A curve through points that follows their course without swinging: piecewise cubic, each slope a mean of the chords'
/// beside it, weighted against the change of direction on the other side.
///
/// Source: H. Akima, "A new method of interpolation and smooth curve fitting based on local procedures" (1970).
public struct Akima: Sendable {
  private let x: [Double]
  private let y: [Double]
  private let slopes: [Double]

  /// The curve through points of rising x; nil of fewer than two.
  public init?(_ points: [(x: Double, y: Double)]) {
    guard points.count > 1, zip(points, points.dropFirst()).allSatisfy({ $0.x < $1.x }) else {
      return nil
    }
    x = points.map(\.x)
    y = points.map(\.y)
    slopes = Self.slopes(x, y)
  }

  /// Where it is defined.
  public var range: ClosedRange<Double> { x[0]...x[x.count - 1] }

  /// The value at `position`; nil outside of the points.
  public func value(at position: Double) -> Double? {
    guard range.contains(position) else { return nil }
    let next = x.dropFirst().firstIndex { $0 >= position } ?? x.count - 1
    let left = next - 1
    let width = x[next] - x[left]
    let t = (position - x[left]) / width
    let (t2, t3) = (t * t, t * t * t)
    return (2 * t3 - 3 * t2 + 1) * y[left] + (t3 - 2 * t2 + t) * width * slopes[left]
      + (3 * t2 - 2 * t3) * y[next] + (t3 - t2) * width * slopes[next]
  }

  /// Its lowest point, ends included: the lowest among the ends of the pieces and the places between them where a cubic is level.
  public var lowest: (x: Double, y: Double) {
    var best = (x: x[0], y: y[0])
    for next in 1..<x.count {
      let width = x[next] - x[next - 1]
      for t in levelPlaces(ofPieceBefore: next) + [1] {
        let place = t == 1 ? x[next] : x[next - 1] + t * width
        guard let value = value(at: place), value < best.y else { continue }
        best = (place, value)
      }
    }
    return best
  }

  /// Where in 0..<1 of the piece that ends at point `next` the slope is zero.
  private func levelPlaces(ofPieceBefore next: Int) -> [Double] {
    let width = x[next] - x[next - 1]
    let rise = y[next] - y[next - 1]
    let (first, last) = (width * slopes[next - 1], width * slopes[next])
    // The slope along the piece is first + 2 b t + 3 c t².
    let (b, c) = (3 * rise - 2 * first - last, first + last - 2 * rise)
    let root = b * b - 3 * c * first
    guard root >= 0 else { return [] }
    // The sum of two numbers of one sign, which keeps the digits of both roots.
    let sum = -(b + (b < 0 ? -root.squareRoot() : root.squareRoot()))
    return [sum / (3 * c), first / sum].filter { $0 >= 0 && $0 < 1 }
  }

  private static func slopes(_ x: [Double], _ y: [Double]) -> [Double] {
    let inner = zip(x.indices, x.indices.dropFirst()).map { (y[$1] - y[$0]) / (x[$1] - x[$0]) }
    guard inner.count > 1 else { return [inner[0], inner[0]] }
    // Two chords beyond each end, on the parabola of the last ones.
    let (first, last) = (inner[0], inner[inner.count - 1])
    let before = 2 * first - inner[1]
    let after = 2 * last - inner[inner.count - 2]
    let chords = [2 * before - first, before] + inner + [after, 2 * after - last]
    return x.indices.map { index in
      let left = abs(chords[index + 1] - chords[index])
      let right = abs(chords[index + 3] - chords[index + 2])
      guard left + right > 0 else { return (chords[index + 1] + chords[index + 2]) / 2 }
      return (right * chords[index + 1] + left * chords[index + 2]) / (left + right)
    }
  }
}

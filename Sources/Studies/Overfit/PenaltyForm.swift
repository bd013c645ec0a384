import Evidence

/// How the penalty of overfitting may grow with a network's parameters N. Each form is a straight line in coordinates of its
/// own, and is fitted there by least squares.
enum PenaltyForm: String, CaseIterable, Sendable {
  /// a e^(cN): what a claim of exponential growth says.
  case exponential
  /// a N^γ.
  case power
  /// a + b ln N.
  case logarithm

  /// Bits per byte that are taken for no penalty; logarithms of less would weigh noise.
  static let least = Claim.defaultMargin
  /// Sizes that are needed: three to fit to, and one to predict.
  static let fewestSizes = 4

  /// The natural logarithm of the penalty that the line through `points` gives at `size`, never that of less than `least`.
  ///
  /// A logarithm, since an exponential that was fitted to small networks promises large ones more than a number holds.
  func logPenalty(
    at size: Double, through points: [(size: Double, penalty: Double)]
  ) -> Double {
    let line = Line(through: points.map { (x($0.size), y($0.penalty)) })
    let value = line.value(at: x(size))
    let bottom = Mathematics.log(Self.least)
    guard self == .logarithm else { return max(value, bottom) }
    return Mathematics.log(max(value, Self.least))
  }

  /// Predicted less seen, in natural logarithms, of each of `points` by all others.
  func misses(leavingOutEachOf points: [(size: Double, penalty: Double)]) -> [Double] {
    points.indices.map { index in
      let others = points.indices.filter { $0 != index }.map { points[$0] }
      return logPenalty(at: points[index].size, through: others)
        - Mathematics.log(max(points[index].penalty, Self.least))
    }
  }

  private func x(_ size: Double) -> Double {
    self == .exponential ? size : Mathematics.log(size)
  }

  private func y(_ penalty: Double) -> Double {
    self == .logarithm ? penalty : Mathematics.log(max(penalty, Self.least))
  }
}

/// The line of least squares through points of different x.
private struct Line {
  private let middle: (x: Double, y: Double)
  private let slope: Double

  init(through points: [(x: Double, y: Double)]) {
    let count = Double(points.count)
    let middle = (
      x: points.reduce(0) { $0 + $1.x } / count, y: points.reduce(0) { $0 + $1.y } / count
    )
    self.middle = middle
    slope =
      points.reduce(0) { $0 + ($1.x - middle.x) * ($1.y - middle.y) }
      / points.reduce(0) { $0 + ($1.x - middle.x) * ($1.x - middle.x) }
  }

  func value(at x: Double) -> Double { middle.y + slope * (x - middle.x) }
}

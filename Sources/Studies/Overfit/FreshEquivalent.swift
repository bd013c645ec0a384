import ScalingLaws

/// What repeated bytes are worth: how many fresh ones, seen once, would have brought the same loss.
struct FreshEquivalent {
  /// Bytes and loss of runs over fresh text, by rising bytes.
  private let fresh: [(bytes: Double, loss: Double)]

  /// - Parameter fresh: bytes seen once, and the loss after them; two at least are needed.
  init(_ fresh: [(bytes: Double, loss: Double)]) {
    self.fresh = fresh.sorted { $0.bytes < $1.bytes }
  }

  /// Fresh bytes that bring `loss`, on the line between the two runs around it in logarithms of bytes; nil beyond the
  /// runs, where nothing was measured.
  func bytes(for loss: Double) -> Double? {
    for (left, right) in zip(fresh, fresh.dropFirst())
    where left.loss >= loss && loss >= right.loss && left.loss > right.loss {
      let share = (left.loss - loss) / (left.loss - right.loss)
      return Mathematics.exp2(
        Mathematics.log2(left.bytes) * (1 - share) + Mathematics.log2(right.bytes) * share)
    }
    return nil
  }

  /// R* of least squares in D'/D, over points of (epochs, D'/D): how many repetitions are worth something at all
  /// (Muennighoff et al., 2023). Found on a grid in logarithms, from 0.1 to 1000; nil without points.
  static func repetitions(fitting points: [(epochs: Double, worth: Double)]) -> Double? {
    guard !points.isEmpty else { return nil }
    let grid = (0...800).map { Mathematics.exp2(Double($0) / 800 * 13.2877 - 3.3219) }
    return grid.min { error(of: $0, points) < error(of: $1, points) }
  }

  private static func error(of repetitions: Double, _ points: [(epochs: Double, worth: Double)])
    -> Double
  {
    points.reduce(0) { sum, point in
      let expected = DataConstrainedLaw.worth(epochs: point.epochs, repetitions: repetitions)
      return sum + (point.worth - expected) * (point.worth - expected)
    }
  }
}

/// Floating-point operations for each unit of data by size, where only some sizes were counted.
///
/// Between the sizes Akima's curve of the logarithms; beyond them the straight line through the nearest two, as operations
/// grow nearly as a power of the size.
public struct OperationsCurve: Sendable {
  private let curve: Akima
  private let ends: (first: Line, last: Line)

  private struct Line {
    var x, y, slope: Double

    init(_ a: (x: Double, y: Double), _ b: (x: Double, y: Double)) {
      (x, y) = a
      slope = (b.y - a.y) / (b.x - a.x)
    }

    func value(at position: Double) -> Double { y + slope * (position - x) }
  }

  /// The curve through `sizes`, in any order; nil of fewer than two sizes, of figures that are not positive numbers, or where
  /// one size has two figures.
  public init?(_ sizes: [(parameters: Double, operations: Double)]) {
    guard
      sizes.allSatisfy({
        $0.parameters > 0 && $0.operations > 0 && $0.parameters.isFinite && $0.operations.isFinite
      })
    else { return nil }
    let points = sizes.map {
      (x: Elementary.logarithm($0.parameters), y: Elementary.logarithm($0.operations))
    }.sorted { $0.x < $1.x }
    guard let curve = Akima(points) else { return nil }
    self.curve = curve
    ends = (Line(points[0], points[1]), Line(points[points.count - 1], points[points.count - 2]))
  }

  /// Operations for each unit of data of a model of `parameters` parameters.
  public func operations(parameters: Double) -> Double {
    Elementary.exponential(logOperations(Elementary.logarithm(parameters)))
  }

  /// The logarithms of the sizes among which a best one is looked for: those counted, and far beyond on both sides.
  var searchedLogSizes: ClosedRange<Double> {
    curve.range.lowerBound - SurfaceOptimum.reach...curve.range.upperBound + SurfaceOptimum.reach
  }

  /// The same in logarithms.
  func logOperations(_ logSize: Double) -> Double {
    curve.value(at: logSize)
      ?? (logSize < curve.range.lowerBound ? ends.first : ends.last).value(at: logSize)
  }
}

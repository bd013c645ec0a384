/// The losses of one size after growing amounts of data, and what each unit of data costs it.
public struct SizeRow: Sendable {
  /// N, by whichever count.
  public var parameters: Double
  /// Floating-point operations for each unit of data, by whichever count.
  public var operations: Double
  /// By rising data.
  public var losses: [(data: Double, loss: Double)]

  /// Creates a row; see the properties.
  public init(parameters: Double, operations: Double, losses: [(data: Double, loss: Double)]) {
    self.parameters = parameters
    self.operations = operations
    self.losses = losses.sorted { $0.data < $1.data }
  }

  /// The logarithm of the loss over that of the data; nil of fewer than two amounts of data.
  var curve: Akima? {
    Akima(losses.map { (Elementary.logarithm($0.data), Elementary.logarithm($0.loss)) })
  }
}

/// The best size at one budget of computation.
public struct ComputeOptimum: Sendable, Equatable {
  /// How the minimum over sizes is found.
  public enum Estimator: String, Sendable, CaseIterable, Codable {
    /// The vertex of the parabola of least squares of the log loss over the logarithm of the size (Hoffmann et al., 2022,
    /// approach 2).
    case parabola
    /// The least value of Akima's curve through the sizes (T. Porian et al., 2024).
    case akima
  }

  /// Floating-point operations.
  public let computation: Double
  public let parameters: Double
  public let data: Double
  public let loss: Double

  /// D / N; never to be shown without an interval.
  public var dataPerParameter: Double { data / parameters }
}

/// The best sizes over budgets of computation, and the exponent with which they grow.
public struct IsoComputation: Sendable {
  /// What a curve over sizes needs at least.
  public static let fewestSizes = 4
  /// What a line through optima needs at least.
  public static let fewestOptima = 3

  /// Optima with a larger and a smaller size measured beside them.
  public let optima: [ComputeOptimum]
  /// Budgets whose best size was the smallest or the largest measured, or had too few sizes: nothing is said of them.
  public let discarded: [Double]
  /// a: the best size grows as computation^a, by least squares on logarithms; nil of fewer than three optima.
  public let exponent: Double?
  /// The exponent with which the best data per parameter grow: 1 - 2 a where operations are proportional to the size; nil of
  /// fewer than three optima.
  public let dataPerParameterExponent: Double?

  /// The optima of `rows` at `budgets`.
  public init(
    _ rows: [SizeRow], budgets: [Double], estimator: ComputeOptimum.Estimator
  ) {
    let sizes = rows.map(MeasuredCurve.init).sorted { $0.logSize < $1.logSize }
    var optima: [ComputeOptimum] = []
    var discarded: [Double] = []
    for budget in budgets {
      if let optimum = Self.optimum(sizes, budget, estimator) {
        optima.append(optimum)
      } else {
        discarded.append(budget)
      }
    }
    self.optima = optima
    self.discarded = discarded
    exponent = Self.line(optima) { $0.parameters }?.slope
    dataPerParameterExponent = Self.line(optima) { $0.dataPerParameter }?.slope
  }

  /// The line of least squares of the logarithm of `figure` over that of the computation; nil of fewer than three optima.
  static func line(
    _ optima: [ComputeOptimum], of figure: (ComputeOptimum) -> Double
  ) -> LeastSquaresLine? {
    guard optima.count >= fewestOptima else { return nil }
    return LeastSquaresLine(
      optima.map { (Elementary.logarithm($0.computation), Elementary.logarithm(figure($0))) })
  }

  /// `count` budgets at equal ratios, from the least to the most for which enough sizes were measured; none if there is no
  /// such range.
  public static func budgets(of rows: [SizeRow], count: Int) -> [Double] {
    let ranges = rows.compactMap { row -> ClosedRange<Double>? in
      guard let first = row.losses.first, let last = row.losses.last, first.data < last.data else {
        return nil
      }
      return Elementary.logarithm(
        first.data * row.operations)...Elementary.logarithm(last.data * row.operations)
    }
    let ends = ranges.flatMap { [$0.lowerBound, $0.upperBound] }.sorted()
    let covered = ends.filter { end in ranges.count { $0.contains(end) } >= fewestSizes }
    guard let low = covered.first, let high = covered.last, low < high, count > 1 else { return [] }
    return (0..<count).map {
      Elementary.exponential(low + (high - low) * Double($0) / Double(count - 1))
    }
  }

  /// The losses that the sizes of `rows` have at one budget of computation, by rising size: those that were measured about it.
  public static func losses(
    of rows: [SizeRow], at budget: Double
  ) -> [(parameters: Double, loss: Double)] {
    let logBudget = Elementary.logarithm(budget)
    return rows.map(MeasuredCurve.init).sorted { $0.logSize < $1.logSize }.compactMap { size in
      size.curve?.value(at: logBudget - size.logOperations).map {
        (Elementary.exponential(size.logSize), Elementary.exponential($0))
      }
    }
  }

  private static func optimum(
    _ sizes: [MeasuredCurve], _ budget: Double, _ estimator: ComputeOptimum.Estimator
  ) -> ComputeOptimum? {
    let logBudget = Elementary.logarithm(budget)
    let points = sizes.compactMap { size in
      size.curve?.value(at: logBudget - size.logOperations).map { logLoss in
        (x: size.logSize, y: logLoss, operations: size.logOperations)
      }
    }
    guard points.count >= fewestSizes else { return nil }
    let curve = points.map { (x: $0.x, y: $0.y) }
    let minimum =
      switch estimator {
      case .parabola: Parabola(curve)?.vertex
      case .akima: Akima(curve)?.lowest
      }
    // The least loss measured has to lie inside too: a vertex between the last two sizes is an edge in disguise.
    let least = curve.indices.min { curve[$0].y < curve[$1].y }!
    guard let minimum, least > 0, least < curve.count - 1,
      curve[0].x < minimum.x, minimum.x < curve[curve.count - 1].x,
      let operations = Akima(points.map { ($0.x, $0.operations) })?.value(at: minimum.x)
    else { return nil }
    return ComputeOptimum(
      computation: budget, parameters: Elementary.exponential(minimum.x),
      data: Elementary.exponential(logBudget - operations),
      loss: Elementary.exponential(minimum.y))
  }
}

/// A row in the coordinates of the analysis.
private struct MeasuredCurve {
  let logSize: Double
  let logOperations: Double
  let curve: Akima?

  init(_ row: SizeRow) {
    logSize = Elementary.logarithm(row.parameters)
    logOperations = Elementary.logarithm(row.operations)
    curve = row.curve
  }
}

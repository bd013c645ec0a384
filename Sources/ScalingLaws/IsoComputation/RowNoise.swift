import Evidence

/// How much losses differ between runs of one configuration, as shares of the loss.
///
/// A run moves all points of its row together, as they share a trunk, and each point on its own besides: a model of two
/// components of variance, pooled over all sizes, since two or three seeds of one size say little (S. R. Searle,
/// G. Casella, C. E. McCulloch, "Variance Components", 1992, chapter 3: the analysis of variance of one way).
public struct RowNoise: Sendable, Equatable, Codable {
  /// The standard deviation of the log losses that all points of a row have in common.
  public var row: Double
  /// The standard deviation of the log losses of each point besides.
  public var point: Double
  /// The degrees of freedom behind `row`; nil if it is known exactly.
  public var rowDegreesOfFreedom: Int?
  /// The degrees of freedom behind `point`; nil if it is known exactly.
  public var pointDegreesOfFreedom: Int?

  /// Noise that is known from elsewhere; see the properties.
  public init(
    row: Double, point: Double, rowDegreesOfFreedom: Int? = nil, pointDegreesOfFreedom: Int? = nil
  ) {
    self.row = row
    self.point = point
    self.rowDegreesOfFreedom = rowDegreesOfFreedom
    self.pointDegreesOfFreedom = pointDegreesOfFreedom
  }

  /// The standard deviation of one loss, both components together.
  public var ofOneLoss: Double { (row * row + point * point).squareRoot() }

  /// The degrees of freedom behind `ofOneLoss` (F. E. Satterthwaite, 1946), rounded down; nil if it is known exactly.
  public var degreesOfFreedomOfOneLoss: Int? {
    func share(_ deviation: Double, _ freedom: Int?) -> Double {
      freedom.map { deviation * deviation * deviation * deviation / Double($0) } ?? 0
    }
    let shares = share(row, rowDegreesOfFreedom) + share(point, pointDegreesOfFreedom)
    let variance = ofOneLoss * ofOneLoss
    return shares > 0 ? max(1, Int(min(variance * variance / shares, 1000))) : nil
  }

  /// The noise of the seeds of `rows` about their means; nil unless a size has two seeds with two amounts of data in common.
  public init?(seedsOf rows: [SeededRow]) {
    var squares = SumsOfSquares()
    for row in rows where row.seeds.count > 1 {
      let logs = row.logLosses
      guard logs[0].count > 1 else { continue }
      let means = logs[0].indices.map { index in
        logs.reduce(0) { $0 + $1[index] } / Double(logs.count)
      }
      squares.add(
        logs.map { difference($0, means) }, rowFreedom: logs.count - 1,
        pointFreedom: (logs.count - 1) * (means.count - 1))
    }
    self.init(squares)
  }

  /// The noise as the scatter of `rows` about the additive law of size and data that fits them best, where there is only one
  /// seed.
  ///
  /// What the law does not describe counts as noise, so that it is too large rather than too small. Three of the
  /// law's constants (E, A and α) are charged to the rows, two (B and β) to their points.
  public init(scatterOf rows: [SeededRow]) throws(FitRefusal) {
    let points = rows.map(\.mean).filter { $0.losses.count > 1 }.flatMap(\.surfacePoints)
    let fit = try SurfaceFit(points)
    guard let noise = RowNoise(residualsOf: fit, points) else {
      throw FitRefusal(
        .tooFewPoints,
        "One seed shows its noise only as scatter about a law of five constants, and \(points.count) losses of so few "
          + "sizes are too few for that; give more seeds or more sizes.")
    }
    self = noise
  }

  /// The noise as the scatter about a law that was fitted to `points`, those of one size being a row; nil of too few sizes or
  /// points.
  init?(residualsOf fit: SurfaceFit, _ points: [SurfacePoint]) {
    let rows = points.rowsOfOneSize
    var squares = SumsOfSquares()
    for row in rows {
      squares.add([row.map { fit.residuals[$0] }], rowFreedom: 1, pointFreedom: 0)
    }
    // B and β, or what stands for them, bend every row alike; the others move whole rows.
    let constantsOfRows = min(3, fit.form.constants - 2)
    squares.rowFreedom -= constantsOfRows
    squares.pointFreedom = points.count - rows.count - (fit.form.constants - constantsOfRows)
    self.init(squares)
  }

  private init?(_ squares: SumsOfSquares) {
    guard squares.rowFreedom > 0, squares.pointFreedom > 0 else { return nil }
    let point = squares.ofPoints / Double(squares.pointFreedom)
    let row = squares.ofRows / Double(squares.rowFreedom)
    let points = Double(squares.points) / Double(squares.rows)
    self.init(
      row: max(0, (row - point) / points).squareRoot(), point: point.squareRoot(),
      rowDegreesOfFreedom: squares.rowFreedom, pointDegreesOfFreedom: squares.pointFreedom)
  }
}

extension SizeRow {
  /// Its losses as points of a surface.
  var surfacePoints: [SurfacePoint] {
    losses.map { SurfacePoint(parameters: parameters, data: $0.data, loss: $0.loss) }
  }
}

extension [SurfacePoint] {
  /// The places of the points of each size, by rising size.
  var rowsOfOneSize: [[Int]] {
    let sizes = Set(map(\.parameters)).sorted()
    return sizes.map { size in indices.filter { self[$0].parameters == size } }
  }
}

/// The sums of an analysis of variance.
private struct SumsOfSquares {
  var ofRows = 0.0
  var ofPoints = 0.0
  var rowFreedom = 0
  var pointFreedom = 0
  var rows = 0
  var points = 0

  /// Adds the deviations of rows, each of the same number of points.
  mutating func add(_ deviations: [[Double]], rowFreedom: Int, pointFreedom: Int) {
    for row in deviations {
      let mean = row.reduce(0, +) / Double(row.count)
      ofRows += mean * mean * Double(row.count)
      ofPoints += row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      rows += 1
      points += row.count
    }
    self.rowFreedom += rowFreedom
    self.pointFreedom += pointFreedom
  }
}

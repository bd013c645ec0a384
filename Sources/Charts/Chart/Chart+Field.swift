extension Chart {
  /// A quantity that has a value all over the plot, as the loss over sizes and data: colours with
  /// contour lines, beneath the series.
  ///
  /// It is known at the crossings of columns and rows; between four known ones it is interpolated,
  /// along the axes as they are laid out: on logarithmic axes, in the logarithms.
  public struct Field: Sendable, Equatable {
    /// Where columns cross the x axis, in its unit, rising.
    public let x: [Double]
    /// Where rows cross the y axis, in its unit, rising.
    public let y: [Double]
    /// A row for each of `y`, with a value for each of `x`, in the unit of `z`; nil where nothing is
    /// known.
    public let values: [[Double?]]
    /// What the colours stand for. Its range, if it has one, is that of the colours: what is beyond
    /// has the colour of the end.
    public var z: Axis
    /// Values that contour lines go along, in the unit of `z`; nil lets round numbers be chosen.
    public var levels: [Double]?

    /// Creates a field; see the properties.
    ///
    /// - Precondition: `x` and `y` rise, and `values` has as many rows and columns as they say.
    public init(x: [Double], y: [Double], values: [[Double?]], z: Axis, levels: [Double]? = nil) {
      for places in [x, y] {
        precondition(
          zip(places, places.dropFirst()).allSatisfy { $0 < $1 },
          "columns and rows of a field stand in rising order")
      }
      precondition(
        values.count == y.count && values.allSatisfy { $0.count == x.count },
        "a field has a value, or nil, for each column of each row")
      self.x = x
      self.y = y
      self.values = values
      self.z = z
      self.levels = levels
    }

    /// Creates a field of what `value` gives at x and y; see the properties.
    public init(
      x: [Double], y: [Double], z: Axis, levels: [Double]? = nil,
      value: (_ x: Double, _ y: Double) -> Double?
    ) {
      let values = y.map { y in x.map { x in value(x, y) } }
      self.init(x: x, y: y, values: values, z: z, levels: levels)
    }
  }
}

extension Chart.Field {
  /// What of it has a place on these axes, and how many values have none; no field if there are not
  /// four values around a cell.
  func plottable(x xAxis: Chart.Axis, y yAxis: Chart.Axis) -> (field: Chart.Field?, dropped: Int) {
    let columns = x.indices.filter { xAxis.hasPlace(for: x[$0]) }
    let rows = y.indices.filter { yAxis.hasPlace(for: y[$0]) }
    let kept = rows.map { row in
      columns.map { column in values[row][column].flatMap { z.hasPlace(for: $0) ? $0 : nil } }
    }
    let field = Chart.Field(
      x: columns.map { x[$0] }, y: rows.map { y[$0] }, values: kept, z: z,
      levels: levels?.filter(z.hasPlace))
    return (field.hasCells ? field : nil, known.count - field.known.count)
  }

  /// All values that are there, row by row, each with its place.
  var known: [(x: Double, y: Double, z: Double)] {
    zip(y, values).flatMap { y, row in
      zip(x, row).compactMap { x, z in z.map { (x, y, $0) } }
    }
  }

  private var hasCells: Bool {
    zip(values, values.dropFirst()).contains { lower, upper in
      let columns = zip(lower, upper).map { $0 != nil && $1 != nil }
      return zip(columns, columns.dropFirst()).contains { $0 && $1 }
    }
  }

  /// What the colours stand for from end to end.
  var colourDomain: ClosedRange<Double> {
    let values = known.map(\.z)
    if z.range == nil, !z.includesZero, let low = values.min(), let high = values.max(), low < high
    {
      return low...high
    }
    return z.domain(of: values)
  }
}

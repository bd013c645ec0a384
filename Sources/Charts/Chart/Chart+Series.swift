extension Chart {
  /// Values that belong together, under one name.
  public struct Series: Sendable, Equatable {
    /// What is drawn for the points.
    public enum Kind: Sendable, Equatable {
      /// A line through all points, in their order.
      case line
      /// The same with a marker at each point.
      case markedLine
      case points
      /// A bar from the value axis' zero to each value; series of bars stand side by side.
      case bars
    }

    /// How a line is drawn.
    public enum Dash: Sendable, Equatable {
      case solid, dashed, dotted
    }

    /// Empty for a series that no legend names.
    public var name: String
    /// What is drawn for each point.
    public var kind: Kind
    /// In drawing order; a line goes through them in turn.
    public var points: [Point]
    /// An area behind the points, as a prediction interval; in the order of x.
    public var band: [Interval]
    /// Nil takes one that helps to tell the series from the others.
    public var dash: Dash?

    /// Creates a series; see the properties.
    public init(
      _ name: String, kind: Kind, points: [Point] = [], band: [Interval] = [], dash: Dash? = nil
    ) {
      self.name = name
      self.kind = kind
      self.points = points
      self.band = band
      self.dash = dash
    }
  }

  /// One pair of values.
  public struct Point: Sendable, Equatable {
    /// In the unit of the x axis; the place of a category where it has those.
    public var x: Double
    /// In the unit of the y axis; the place of a category where it has those.
    public var y: Double
    /// Lower end of a whisker along y, or along x where y has categories; nil for none.
    public var low: Double?
    /// Upper end of it.
    public var high: Double?
    /// What stands beside it; nil for nothing. Left out where there is no room.
    public var label: String?
    /// What is shown when it is pointed at, in lines; nil takes the series' name and the values.
    public var detail: String?

    /// Creates a point; see the properties.
    public init(
      _ x: Double, _ y: Double, low: Double? = nil, high: Double? = nil, label: String? = nil,
      detail: String? = nil
    ) {
      self.x = x
      self.y = y
      self.low = low
      self.high = high
      self.label = label
      self.detail = detail
    }
  }

  /// A stretch of y at one x.
  public struct Interval: Sendable, Equatable {
    /// Where it stands.
    public var x: Double
    /// Its lower end on y.
    public var low: Double
    /// Its upper end on y.
    public var high: Double

    /// Creates an interval.
    public init(_ x: Double, low: Double, high: Double) {
      self.x = x
      self.low = low
      self.high = high
    }
  }
}

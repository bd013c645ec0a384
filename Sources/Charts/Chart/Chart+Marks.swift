extension Chart {
  /// A line across the chart at one value, as `entropy of the source 1.500`.
  public struct ReferenceLine: Sendable, Equatable {
    /// The axis that the value is on.
    public enum Direction: Sendable, Equatable {
      /// A vertical line at x.
      case x
      /// A horizontal line at y.
      case y
    }

    /// Where it crosses the axis.
    public var value: Double
    /// What stands beside it; empty for nothing.
    public var label: String
    /// Which axis it crosses.
    public var direction: Direction

    /// Creates a line; a horizontal one if not said otherwise.
    public init(_ value: Double, label: String, direction: Direction = .y) {
      self.value = value
      self.label = label
      self.direction = direction
    }
  }

  /// A remark at a place of the chart.
  public struct Annotation: Sendable, Equatable {
    /// The place it is about, on x.
    public var x: Double
    /// The place it is about, on y.
    public var y: Double
    /// A few words.
    public var text: String

    /// Creates an annotation.
    public init(_ text: String, x: Double, y: Double) {
      self.text = text
      self.x = x
      self.y = y
    }
  }
}

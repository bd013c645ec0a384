extension Chart {
  /// One direction of a chart: what is laid out along it, and how.
  public struct Axis: Sendable, Equatable {
    /// How values are laid out.
    public enum Scale: Sendable, Equatable {
      case linear
      /// Equal ratios take equal lengths; only positive values have a place.
      case logarithmic
      /// Names at the places 0, 1, 2, …; on the y axis from the top, with bars that lie.
      case categories([String])
    }

    /// What values count.
    public enum Unit: Sendable, Equatable {
      case number
      /// Bytes, written in powers of 1024: 64 KiB, 1.5 MiB.
      case bytes
    }

    /// Which end of the axis one would like to be at.
    public enum Better: Sendable, Equatable {
      case low, high
    }

    /// What is measured, with its unit: `bits per byte`. Empty for none.
    public var label: String
    /// How values are laid out.
    public var scale: Scale
    /// What values count.
    public var unit: Unit
    /// Nil if no end is better.
    public var better: Better?
    /// The values from end to end; nil lets the data decide.
    public var range: ClosedRange<Double>?
    /// Whether a linear axis that goes by its data begins at zero. Those that bars stand on always
    /// do.
    public var includesZero: Bool

    /// Creates an axis; see the properties.
    public init(
      _ label: String, scale: Scale = .linear, unit: Unit = .number, better: Better? = nil,
      range: ClosedRange<Double>? = nil, includesZero: Bool = false
    ) {
      self.label = label
      self.scale = scale
      self.unit = unit
      self.better = better
      self.range = range
      self.includesZero = includesZero
    }
  }
}

extension Chart.Axis {
  /// The names along it; nil unless its places are categories.
  var categories: [String]? {
    if case .categories(let names) = scale { names } else { nil }
  }

  /// Whether `value` can be shown on it.
  func hasPlace(for value: Double) -> Bool {
    // Beyond this, sums of values are no longer finite; no measurement comes near.
    guard value.magnitude < 1e300 else { return false }
    return switch scale {
    case .linear: true
    case .logarithmic: value > 1e-300
    case .categories(let names): names.indices.contains { Double($0) == value }
    }
  }

  /// `value` as readers of this axis write it.
  func text(_ value: Double) -> String {
    switch scale {
    case .categories(let names):
      return Int(exactly: value).flatMap { names.indices.contains($0) ? names[$0] : nil } ?? ""
    case .linear, .logarithmic:
      return unit == .bytes ? NumberText.bytes(value) : NumberText.short(value)
    }
  }
}

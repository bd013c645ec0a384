/// How a loss changes with the bytes of data, for one method and one kind of loss.
public struct ScaleCurve: Sendable, Equatable {
  /// What the loss is; never mixed in one curve.
  public enum Kind: String, Sendable, CaseIterable {
    /// Coded bits of the first D bytes, per byte.
    case coded
    /// Coded bits that the next stretch adds after D bytes, per byte of the stretch.
    case marginal
    /// Bits per byte of the held-out part under the model frozen after D bytes.
    case heldOut = "heldout"

    /// As a heading calls it.
    public var title: String {
      switch self {
      case .coded: "coded: the first D bytes, decoded and compared"
      case .marginal: "marginal: what the next stretch costs after D bytes"
      case .heldOut: "heldout: the model frozen after D bytes, on the held-out part"
      }
    }
  }

  /// The losses at one size.
  public struct Point: Sendable, Equatable {
    /// D.
    public let bytes: Int
    /// Bits per byte, one value for each window that has one, in the order of the windows.
    public let values: [Double]
    /// The windows of the values, as indices into the plan's.
    public let windows: [Int]

    /// The mean over windows, which all have the same number of bytes.
    public var mean: Double { values.reduce(0, +) / Double(values.count) }

    /// The value of the first window, whose prefixes are those of the stream itself; nil if it has none.
    public var ofStream: Double? { windows.first == 0 ? values[0] : nil }

    /// This point's values and those of `other` in the windows that have both.
    func paired(with other: Point) -> [(Double, Double)] {
      let others = Dictionary(uniqueKeysWithValues: zip(other.windows, other.values))
      return zip(windows, values).compactMap { window, value in others[window].map { (value, $0) } }
    }

    /// The standard deviation over windows; nil of fewer than two.
    public var deviation: Double? {
      guard values.count > 1 else { return nil }
      let mean = self.mean
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (squares / Double(values.count - 1)).squareRoot()
    }
  }

  public let kind: Kind
  /// In order of their sizes, each with a value at least.
  public let points: [Point]

  /// The last point and the last one before about a tenfold of data; the last sizes lie closer together, so
  /// eight times count as ten.
  var lastTenfold: (before: Point, last: Point)? {
    guard let last = points.last,
      let before = points.last(where: { $0.bytes <= last.bytes / 8 })
    else { return nil }
    return (before, last)
  }

  /// The point of that size.
  public subscript(bytes: Int) -> Point? { points.first { $0.bytes == bytes } }
}

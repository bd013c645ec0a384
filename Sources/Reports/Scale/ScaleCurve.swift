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
    /// Bits per byte, one value for each window, the first window's first.
    public let values: [Double]

    /// The mean over windows, which all have the same number of bytes.
    public var mean: Double { values.reduce(0, +) / Double(values.count) }

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

  /// The point of that size.
  public subscript(bytes: Int) -> Point? { points.first { $0.bytes == bytes } }
}

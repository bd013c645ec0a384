/// How numbers become one of a few shades of a heat map: few, so that a reader can tell them apart and name them.
public struct HeatScale: Sendable, Equatable {
  /// What a step up begins at, in rising order, on either side of zero for a scale with two sides.
  let edges: [Double]
  /// Whether numbers below zero have shades of their own.
  public let isDiverging: Bool

  /// Bits of a byte: seven shades, from nearly nothing to more than the byte itself has.
  public static let bits = HeatScale(edges: [0.1, 0.3, 1, 2, 4, 8], isDiverging: false)

  /// Bits that a byte costs more, or less, than elsewhere: three shades on either side of one for hardly any.
  public static let difference = HeatScale(edges: [0.3, 1, 3], isDiverging: true)

  /// From the least to the most; 0 is the shade of the page itself.
  public var shades: ClosedRange<Int> { (isDiverging ? -edges.count : 0)...edges.count }

  /// The shade of `value`.
  public func shade(of value: Double) -> Int {
    let size = isDiverging ? value.magnitude : value
    let step = edges.reduce(0) { $0 + (size >= $1 ? 1 : 0) }
    return isDiverging && value < 0 ? -step : step
  }

  /// The numbers that `shade` stands for, without their sign: `0.3 to 1`.
  public func label(of shade: Int) -> String {
    let step = Int(shade.magnitude)
    guard step > 0 else { return "under " + NumberText.short(edges[0]) }
    let low = NumberText.short(edges[step - 1])
    guard step < edges.count else { return low + " and more" }
    return low + " to " + NumberText.short(edges[step])
  }
}

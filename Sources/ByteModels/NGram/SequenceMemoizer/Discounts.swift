/// The discount d of each level, kept as its odds d/(1 - d) and learned by gradient descent on the code
/// length.
///
/// Gasthaus and Teh (2010) choose one per depth, growing with it; so do these begin.
struct Discounts: ~Copyable {
  private let odds: UnsafeMutablePointer<Double>
  private let values: UnsafeMutablePointer<Double>
  private static let start = [0.62, 0.69, 0.74, 0.80, 0.85, 0.88, 0.90, 0.90, 0.90]
  private static let rate = 0.008

  init(levels: Int) {
    odds = .allocate(capacity: levels)
    values = .allocate(capacity: levels)
    for level in 0..<levels {
      let discount = Self.start[min(level, Self.start.count - 1)]
      (odds + level).initialize(to: discount / (1 - discount))
      (values + level).initialize(to: discount)
    }
  }

  deinit {
    odds.deallocate()
    values.deallocate()
  }

  /// The discount of a level.
  @inline(__always)
  subscript(level: Int) -> Double { values[level] }

  /// Moves a level's discount along the gradient of ln p by the discount.
  @inline(__always)
  func learn(_ level: Int, gradient: Double) {
    let value = values[level]
    let step = min(max(gradient * value * (1 - value) * Self.rate, -0.1), 0.1)
    odds[level] = min(max(odds[level] * (1 + step), 1 / 16), 64)
    values[level] = odds[level] / (1 + odds[level])
  }
}

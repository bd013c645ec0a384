/// The logarithms of sizes about their mean, so that a coefficient and its exponent are not strongly
/// correlated.
struct CentredLogarithms {
  var values: [Double]
  var mean: Double

  /// Of positive sizes, at least one.
  init(_ sizes: [Double]) {
    let logarithms = sizes.map { Elementary.logarithm($0) }
    let mean = logarithms.reduce(0, +) / Double(logarithms.count)
    self.mean = mean
    values = logarithms.map { $0 - mean }
  }
}

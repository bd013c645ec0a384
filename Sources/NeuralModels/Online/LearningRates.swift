/// Rates of something that is learned from by steps, which fall with the root of how many there were: what is new
/// learns fast, what was met often is nearly settled (Robbins and Monro, 1951).
struct LearningRates: Sendable {
  /// [steps so far].
  private let rates: [Float]

  /// - Parameters:
  ///   - first: the rate of the first step.
  ///   - steps: after which the rate no longer falls.
  init(first: Float, steps: Int) {
    rates = (0..<steps).map { first / Float($0 + 1).squareRoot() }
  }

  /// The largest count of steps that there is a rate for.
  var limit: Int { rates.count - 1 }

  @inline(__always)
  subscript(steps: Int) -> Float { rates[steps] }
}

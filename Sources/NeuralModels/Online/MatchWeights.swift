/// What is added to the logit of the byte that a match expects: a weight for each length, which learns by gradient.
struct MatchWeights {
  private var weights = Array(repeating: Float(0.5), count: classes)
  private static let rate: Float = 0.02

  /// Lengths that are told apart; longer ones count as the longest.
  static let classes = 64

  static func `class`(_ length: Int) -> Int { min(length, classes - 1) }

  subscript(class: Int) -> Float { weights[`class`] }

  /// - Parameter slope: of the loss in the logit.
  mutating func learn(class: Int, slope: Float) { weights[`class`] -= Self.rate * slope }
}

/// What a node of a context tree knows about one binary decision, and how it predicts from it.
///
/// The words of its decisions are in slots, see `DecisionNode`; the first `ownWords` of each are the
/// estimator's. The last one is the model's: the logarithm of the odds of this node's estimate against
/// its children's, less `priorLogOdds`.
package protocol ContextTreeEstimator: DecisionNode, SendableMetatype, ~Copyable {
  /// The logarithm of the odds that a node's estimate has against its children's before anything is
  /// known, in parts of 2^20; even odds in the method as published.
  static var priorLogOdds: Int32 { get }

  /// The logarithm of the odds is kept within this distance of 0, in parts of 2^20.
  static var mostLogOdds: Int32 { get }

  /// Whether the weighted probability is refined by what came of such probabilities before.
  static var isRefined: Bool { get }

  init()

  /// The probability of a one at `node`, in parts of 2^31, never 0 or 1.
  ///
  /// - Parameters:
  ///   - node: the first word of the decision.
  ///   - shorter: what the context shorter by a byte estimates, 1/2 for the empty context.
  func estimate(_ node: UnsafeMutablePointer<UInt32>, after shorter: Int64) -> Int64

  /// Learns that `bit` came.
  func update(_ node: UnsafeMutablePointer<UInt32>, with bit: UInt32)

  /// How often the decision was met, up to a limit; 0 only if it never was.
  static func visits(ofNode node: UnsafeMutablePointer<UInt32>) -> UInt32

  /// Which bits the decision has met of late: 0 for zeros alone or nothing, 1 for ones alone, 2 for both.
  static func bitsMet(_ node: UnsafeMutablePointer<UInt32>) -> Int
}

extension ContextTreeEstimator where Self: ~Copyable {
  /// Every visit to a slot passes its first decision.
  @inline(__always)
  package static func visits(_ slot: UnsafeMutablePointer<UInt32>) -> UInt32 {
    visits(ofNode: slot + 1)
  }
}

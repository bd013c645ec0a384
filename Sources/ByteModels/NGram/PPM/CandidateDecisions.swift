/// The byte that is asked for in a binary decision, and what the tree knows of it.
package struct PPMCandidate {
  /// Where a candidate comes from: each way is learned apart.
  enum Kind: Int {
    case binary, top, next, afterEscape, nextAfterEscape, expected
  }

  let symbol: UInt8
  /// The tree's probability that it is this one, in parts of 65536.
  let probability: Int
  let kind: Kind
  /// The order of its context, at most 15.
  let depth: Int
  /// How many symbols compete there, in 8 classes.
  let competitors: Int
}

/// How a PPM model decides whether the next byte is a certain candidate: first what is known is weighed,
/// then the decision is coded, then it is learned from.
package protocol CandidateDecisions: ~Copyable {
  /// What was weighed, for `learn`.
  associatedtype Evidence

  /// How many candidates of the longest context are asked for one by one; all others are coded together
  /// by their frequencies.
  static var candidates: Int { get }
  /// The same after an escape.
  static var candidatesAfterEscape: Int { get }

  /// The byte that a long repetition makes likely, to be asked for first; -1 for none.
  var expected: Int { get }
  /// Bytes that were allocated.
  var memoryBytes: Int { get }

  /// How likely the next byte is the candidate; nothing changes.
  borrowing func weigh(_ candidate: PPMCandidate) -> Evidence

  /// The probability in `evidence`, 1 to 65535 of 65536.
  static func probability(_ evidence: Evidence) -> UInt32

  /// Learns what came of a decision: 1 if the byte was the candidate.
  mutating func learn(_ bit: UInt32, _ candidate: PPMCandidate, _ evidence: Evidence)

  /// Notes every word that `learn` would change.
  borrowing func note(_ candidate: PPMCandidate, _ evidence: Evidence, in log: inout UndoLog)

  /// Takes in the byte that was coded.
  mutating func advance(past byte: UInt8)
}

extension CandidateDecisions where Self: ~Copyable {
  /// Codes whether the next byte is the candidate, and learns from it.
  @inline(__always)
  mutating func decide<C: SymbolCoder & ~Copyable>(
    _ isIt: Bool, _ candidate: PPMCandidate, with coder: inout C
  ) -> Bool {
    let evidence = weigh(candidate)
    let bit = coder.code(bit: isIt ? 1 : 0, probability: Self.probability(evidence))
    learn(bit, candidate, evidence)
    return bit != 0
  }
}

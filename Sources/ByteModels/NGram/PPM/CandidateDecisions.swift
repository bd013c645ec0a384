/// The byte that is asked for in a binary decision, and what the tree knows of it.
struct PPMCandidate {
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

/// How a PPM model decides whether the next byte is a certain candidate.
protocol CandidateDecisions: ~Copyable {
  /// How many candidates of the longest context are asked for one by one; all others are coded together
  /// by their frequencies.
  static var candidates: Int { get }
  /// The same after an escape.
  static var candidatesAfterEscape: Int { get }

  /// The byte that a long repetition makes likely, to be asked for first; -1 for none.
  var expected: Int { get }
  /// Bytes that were allocated.
  var memoryBytes: Int { get }

  /// Codes whether the next byte is the candidate, and learns from it.
  mutating func decide<C: SymbolCoder & ~Copyable>(
    _ isIt: Bool, _ candidate: PPMCandidate, with coder: inout C
  ) -> Bool

  /// Takes in the byte that was coded.
  mutating func advance(past byte: UInt8)
}

/// The tree's own probabilities, nothing else: variant H of PPMd.
struct PlainDecisions: CandidateDecisions, ~Copyable {
  static var candidates: Int { @inline(__always) get { 0 } }
  static var candidatesAfterEscape: Int { @inline(__always) get { 0 } }
  var expected: Int { @inline(__always) get { -1 } }
  var memoryBytes: Int { 0 }

  @inline(__always)
  mutating func decide<C: SymbolCoder & ~Copyable>(
    _ isIt: Bool, _ candidate: PPMCandidate, with coder: inout C
  ) -> Bool {
    let probability = UInt32(truncatingIfNeeded: candidate.probability)
    return coder.code(bit: isIt ? 1 : 0, probability: probability) != 0
  }

  @inline(__always)
  mutating func advance(past byte: UInt8) {}
}

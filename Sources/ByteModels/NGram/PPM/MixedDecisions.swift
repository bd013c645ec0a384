package import BPBCore
import CPrefetch

/// Decisions that weigh four voices in the logistic domain: what came of such candidates of the tree
/// before, what the last three bytes and what the word so far say of the symbol, and whether a long
/// repetition expects it.
///
/// The weights are learned by gradient descent on code length, as in PAQ's mixers (M. Mahoney, "Adaptive
/// weighing of context models for lossless data compression", 2005); the candidates are PPM's, so that
/// there are two or so decisions a byte, not eight.
package struct MixedDecisions: CandidateDecisions, ~Copyable {
  package static var candidates: Int { @inline(__always) get { 3 } }
  package static var candidatesAfterEscape: Int { @inline(__always) get { 1 } }

  private let stretch: UnsafeMutablePointer<Float>
  private let squash: UnsafeMutablePointer<UInt16>
  private let rates: UnsafeMutablePointer<Int32>
  private let outcomes = PPMOutcomes()
  private let weights: UnsafeMutablePointer<SIMD4<Float>>
  private let textRows: SymbolRows<UInt16>
  private let wordRows: SymbolRows<UInt16>
  private var match: LongestMatch
  private var textRow: UnsafeMutablePointer<UInt16>
  private var wordRow: UnsafeMutablePointer<UInt16>
  private var history: UInt64 = 0
  private var word = WordHash()
  private var rate = MixedDecisions.firstRate

  private static let firstRate: Float = 0.02 / 65536
  private static let lastRate: Float = 0.002 / 65536
  private static let firstWeights = SIMD4<Float>(0.6, 0.3, 0.3, 0.3)
  /// Sets of weights: by kind and depth, and by what the match says.
  private static let weightSets = 5 * 128

  /// - Parameter byteCount: bytes to come, so that a small input gets small tables.
  package init(byteCount: Int) throws(BPBError) {
    let rows = Self.rows(byteCount: byteCount)
    let textRows = try SymbolRows<UInt16>(rows: rows)
    let wordRows = try SymbolRows<UInt16>(rows: rows)
    let match = try LongestMatch(bytes: min(byteCount, 1 << 24), bytesPerEntry: 4)
    stretch = Logistic.tables.stretch
    squash = Logistic.tables.squash
    rates = AdaptiveProbability.makeRates()
    weights = .allocate(capacity: Self.weightSets)
    weights.initialize(repeating: Self.firstWeights, count: Self.weightSets)
    textRow = textRows.row(0)
    wordRow = wordRows.row(0)
    self.textRows = textRows
    self.wordRows = wordRows
    self.match = match
  }

  deinit {
    rates.deallocate()
    weights.deallocate()
  }

  private static func rows(byteCount: Int) -> Int {
    var rows = 1 << 11
    while rows < byteCount / 24 && rows < 1 << 16 { rows *= 2 }
    return rows
  }

  package var memoryBytes: Int {
    textRows.memoryBytes + wordRows.memoryBytes + match.memoryBytes + outcomes.memoryBytes
  }

  package var expected: Int { @inline(__always) get { match.expected } }

  /// The voices, the weights that they have here, and where what comes of them is kept.
  package struct Evidence {
    let probability: UInt32
    let inputs: SIMD4<Float>
    let set: Int
    let recent: UnsafeMutablePointer<UInt16>
    let word: UnsafeMutablePointer<UInt16>
    /// Not for binary contexts, which keep an estimate of their own.
    let outcome: UnsafeMutablePointer<UInt16>?
    let matched: UnsafeMutablePointer<UInt16>?
  }

  @inline(__always)
  package borrowing func weigh(_ candidate: PPMCandidate) -> Evidence {
    let place = SymbolRows<UInt16>.place(of: candidate.symbol)
    let recent = textRow + place
    let word = wordRow + place
    let isBinary = candidate.kind == .binary
    let outcome = isBinary ? nil : outcomes.place(of: candidate)
    let tree = isBinary ? candidate.probability : Int(outcome.unsafelyUnwrapped.pointee)
    var inputs = SIMD4<Float>(
      stretch[tree &>> 4], stretch[AdaptiveProbability.share(recent.pointee)],
      stretch[AdaptiveProbability.share(word.pointee)], 0)
    var set = candidate.kind.rawValue &* 16 &+ candidate.depth
    let lengthClass = match.lengthClass
    var matched: UnsafeMutablePointer<UInt16>?
    if lengthClass != 0 {
      let isExpected = match.expected == Int(candidate.symbol)
      let expectation = outcomes.place(matchClass: lengthClass, isExpected: isExpected)
      matched = expectation
      inputs[3] = stretch[Int(expectation.pointee &>> 4)]
      set &+= (isExpected ? 128 : 256) &+ (lengthClass > 15 ? 256 : 0)
    }
    let products = inputs * weights[set]
    let sum = (products[0] + products[1]) + (products[2] + products[3])
    return Evidence(
      probability: UInt32(squash[Logistic.step(of: sum)]), inputs: inputs, set: set,
      recent: recent, word: word, outcome: outcome, matched: matched)
  }

  @inline(__always)
  package static func probability(_ evidence: Evidence) -> UInt32 { evidence.probability }

  @inline(__always)
  package mutating func learn(
    _ bit: UInt32, _ candidate: PPMCandidate, _ evidence: Evidence
  ) {
    let error = Float(Int32(bitPattern: bit &<< 16 &- evidence.probability))
    weights[evidence.set] += evidence.inputs * (error * rate)
    let (recent, word) = (evidence.recent, evidence.word)
    recent.pointee = AdaptiveProbability.moved(recent.pointee, by: bit, rates)
    word.pointee = AdaptiveProbability.moved(word.pointee, by: bit, rates)
    if let outcome = evidence.outcome {
      outcome.pointee = PPMOutcomes.moved(outcome.pointee, by: bit)
    }
    if let matched = evidence.matched {
      matched.pointee = PPMOutcomes.moved(matched.pointee, by: bit)
    }
  }

  package borrowing func note(
    _ candidate: PPMCandidate, _ evidence: Evidence, in log: inout UndoLog
  ) {
    log.note(weights + evidence.set)
    log.note(evidence.recent)
    log.note(evidence.word)
    if let outcome = evidence.outcome { log.note(outcome) }
    if let matched = evidence.matched { log.note(matched) }
  }

  @inline(__always)
  package mutating func advance(past byte: UInt8) {
    if rate > Self.lastRate { rate *= 0.9995 }
    history = history &<< 8 | UInt64(byte)
    word.advance(past: byte)
    textRow = textRows.row((history & 0xFF_FFFF &+ 1) &* 0x9E37_79B9_7F4A_7C15)
    wordRow = wordRows.row(word.value)
    bpb_prefetch(textRow)
    bpb_prefetch(wordRow)
    match.advance(past: byte, history: history)
  }
}

package import BPBCore
import CPrefetch

/// Decisions that weigh sixteen voices, for those who would rather wait than keep a byte too many: beside
/// the tree and the longest match six contexts, each with a slow estimate and with what came of the last
/// seven decisions like it. Two sets of weights are averaged, and two secondary estimates follow.
package struct StrongDecisions: CandidateDecisions, ~Copyable {
  package static var candidates: Int { @inline(__always) get { 6 } }
  package static var candidatesAfterEscape: Int { @inline(__always) get { 6 } }

  private let stretch: UnsafeMutablePointer<Float>
  private let squash: UnsafeMutablePointer<UInt16>
  private let rates: UnsafeMutablePointer<Int32>
  private let outcomes = PPMOutcomes()
  /// For each context, kind of candidate and history what came of it, of 65536.
  private let historyOutcomes: UnsafeMutablePointer<UInt16>
  /// By kind, depth and what the match says; then by symbol.
  private let weights: UnsafeMutablePointer<SIMD16<Float>>
  private let recentRefinement: SecondaryEstimates
  private let longerRefinement: SecondaryEstimates
  private let rows: SymbolRows<UInt32>
  /// The row of each context.
  private let current: UnsafeMutablePointer<UnsafeMutablePointer<UInt32>>
  private var match: LongestMatch
  private var history: UInt64 = 0
  private var word = WordHash()
  private var rate = StrongDecisions.firstRate

  private static let contexts = 6
  private static let kinds = 6
  private static let firstRate: Float = 0.012 / 65536
  private static let lastRate: Float = 0.002 / 65536
  private static let situationSets = 5 * 128
  private static let symbolSets = 3 * 256

  /// - Parameter byteCount: bytes to come, so that a small input gets small tables.
  package init(byteCount: Int) throws(BPBError) {
    let rows = try SymbolRows<UInt32>(rows: Self.rows(byteCount: byteCount))
    let match = try LongestMatch(bytes: min(byteCount, 1 << 24), bytesPerEntry: 4)
    let recent = try SecondaryEstimates(contexts: 1 << 16)
    let longer = try SecondaryEstimates(contexts: 1 << 16)
    stretch = Logistic.tables.stretch
    squash = Logistic.tables.squash
    rates = AdaptiveProbability.makeRates()
    historyOutcomes = .allocate(capacity: Self.contexts * Self.kinds * 256)
    for index in 0..<Self.contexts * Self.kinds * 256 {
      historyOutcomes[index] = UInt16(OutcomeHistory.firstShare(of: index & 255))
    }
    let sets = Self.situationSets + Self.symbolSets
    weights = .allocate(capacity: sets)
    var first = SIMD16<Float>(repeating: 0.15)
    for index in 2 + Self.contexts..<2 + 2 * Self.contexts { first[index] = 0.05 }
    first[14] = 0.3
    first[15] = 0
    weights.initialize(repeating: first, count: sets)
    current = .allocate(capacity: Self.contexts)
    current.initialize(repeating: rows.row(0), count: Self.contexts)
    recentRefinement = recent
    longerRefinement = longer
    self.rows = rows
    self.match = match
    findRows()
  }

  deinit {
    rates.deallocate()
    historyOutcomes.deallocate()
    weights.deallocate()
    current.deallocate()
  }

  private static func rows(byteCount: Int) -> Int {
    var rows = 1 << 10
    while rows < byteCount && rows < 1 << 18 { rows *= 2 }
    return rows
  }

  package var memoryBytes: Int {
    rows.memoryBytes + match.memoryBytes + outcomes.memoryBytes
      + recentRefinement.memoryBytes + longerRefinement.memoryBytes
  }

  package var expected: Int { @inline(__always) get { match.expected } }

  /// The voices, the weights that they have here, and where what comes of them is kept.
  package struct Evidence {
    var probability: UInt32 = 0
    var inputs = SIMD16<Float>(repeating: 0)
    var situation = 0
    var symbolSet = 0
    /// What each set of weights makes of the voices, of 65536.
    var bySituation: Float = 0
    var bySymbol: Float = 0
    let outcome: UnsafeMutablePointer<UInt16>
    var matched: UnsafeMutablePointer<UInt16>?
    var recent = SecondaryEstimates.Reading()
    var longer = SecondaryEstimates.Reading()
  }

  @inline(never)
  package borrowing func weigh(_ candidate: PPMCandidate) -> Evidence {
    var evidence = listen(to: candidate)
    let inputs = evidence.inputs
    let one = Self.sum(inputs * weights[evidence.situation])
    let other = Self.sum(inputs * weights[evidence.symbolSet])
    let mixed = (one + other) * 0.5
    let symbol = candidate.symbol
    evidence.recent = recentRefinement.estimate(
      Int(history & 0xFF) &<< 8 | Int(symbol), mixed)
    evidence.longer = longerRefinement.estimate(Self.hash(history & 0xFFFF, symbol), mixed)
    evidence.bySituation = Float(squash[Logistic.step(of: one)])
    evidence.bySymbol = Float(squash[Logistic.step(of: other)])
    let plain = Float(squash[Logistic.step(of: mixed)])
    let refined = plain * 0.3 + evidence.recent.value * 0.4 + evidence.longer.value * 0.3
    evidence.probability = min(max(UInt32(refined), 1), 65535)
    return evidence
  }

  /// What each voice says, and whose weights count.
  @inline(__always)
  private func listen(to candidate: PPMCandidate) -> Evidence {
    let kind = candidate.kind.rawValue
    var evidence = Evidence(outcome: outcomes.place(of: candidate))
    evidence.inputs[0] = stretch[candidate.probability &>> 4]
    evidence.inputs[1] = stretch[Int(evidence.outcome.pointee &>> 4)]
    readRows(candidate.symbol, kind, into: &evidence.inputs)
    evidence.situation = kind &* 16 &+ candidate.depth
    let matchClass = match.lengthClass
    if matchClass != 0 {
      let isExpected = match.expected == Int(candidate.symbol)
      let matched = outcomes.place(matchClass: matchClass, isExpected: isExpected)
      evidence.matched = matched
      evidence.inputs[14] = stretch[Int(matched.pointee &>> 4)]
      evidence.situation &+= (isExpected ? 128 : 256) &+ (matchClass > 15 ? 256 : 0)
    }
    evidence.symbolSet =
      Self.situationSets + symbolClass(kind) &* 256 &+ Int(candidate.symbol)
    return evidence
  }

  @inline(__always)
  package static func probability(_ evidence: Evidence) -> UInt32 { evidence.probability }

  @inline(never)
  package mutating func learn(
    _ bit: UInt32, _ candidate: PPMCandidate, _ evidence: Evidence
  ) {
    let target = Float(Int32(bitPattern: bit &<< 16))
    let inputs = evidence.inputs
    weights[evidence.situation] += inputs * ((target - evidence.bySituation) * rate)
    weights[evidence.symbolSet] += inputs * ((target - evidence.bySymbol) * rate)
    recentRefinement.learn(bit, evidence.recent)
    longerRefinement.learn(bit, evidence.longer)
    learnRows(candidate.symbol, candidate.kind.rawValue, bit)
    evidence.outcome.pointee = PPMOutcomes.moved(evidence.outcome.pointee, by: bit)
    if let matched = evidence.matched {
      matched.pointee = PPMOutcomes.moved(matched.pointee, by: bit)
    }
  }

  /// First candidates, later ones, and those after an escape have weights of their own.
  @inline(__always)
  private func symbolClass(_ kind: Int) -> Int {
    kind == PPMCandidate.Kind.next.rawValue ? 1 : kind >= 3 && kind <= 4 ? 2 : 0
  }

  @inline(__always)
  private static func hash(_ context: UInt64, _ symbol: UInt8) -> Int {
    Int((((context &<< 8) | UInt64(symbol)) &* 0x9E37_79B9_7F4A_7C15) &>> 48)
  }

  /// The sum of all lanes, always in the same order.
  @inline(__always)
  private static func sum(_ x: SIMD16<Float>) -> Float {
    let eight = x.lowHalf + x.highHalf
    let four = eight.lowHalf + eight.highHalf
    return (four[0] + four[1]) + (four[2] + four[3])
  }

  @inline(__always)
  private func readRows(_ symbol: UInt8, _ kind: Int, into inputs: inout SIMD16<Float>) {
    let place = SymbolRows<UInt32>.place(of: symbol)
    for index in 0..<Self.contexts {
      let word = current[index][place]
      let histories = historyOutcomes + (index &* Self.kinds &+ kind) &* 256
      inputs[2 &+ index] = stretch[Int(histories[Int(word &>> 16 & 255)] &>> 4)]
      let slow = UInt16(truncatingIfNeeded: word)
      inputs[8 &+ index] = stretch[AdaptiveProbability.share(slow)]
    }
  }

  @inline(__always)
  private func learnRows(_ symbol: UInt8, _ kind: Int, _ bit: UInt32) {
    let place = SymbolRows<UInt32>.place(of: symbol)
    for index in 0..<Self.contexts {
      let word = current[index][place]
      let past = word &>> 16 & 255
      let outcome = historyOutcomes + ((index &* Self.kinds &+ kind) &* 256 &+ Int(past))
      outcome.pointee = PPMOutcomes.moved(outcome.pointee, by: bit)
      let slow = AdaptiveProbability.moved(UInt16(truncatingIfNeeded: word), by: bit, rates)
      current[index][place] = OutcomeHistory.appending(bit, to: past) &<< 16 | UInt32(slow)
    }
  }

  package borrowing func note(
    _ candidate: PPMCandidate, _ evidence: Evidence, in log: inout UndoLog
  ) {
    log.note(weights + evidence.situation)
    log.note(weights + evidence.symbolSet)
    recentRefinement.note(evidence.recent, in: &log)
    longerRefinement.note(evidence.longer, in: &log)
    let place = SymbolRows<UInt32>.place(of: candidate.symbol)
    for index in 0..<Self.contexts {
      log.note(current[index] + place)
      let past = Int(current[index][place] &>> 16 & 255)
      log.note(historyOutcomes + (index * Self.kinds + candidate.kind.rawValue) * 256 + past)
    }
    log.note(evidence.outcome)
    if let matched = evidence.matched { log.note(matched) }
  }

  @inline(__always)
  package mutating func advance(past byte: UInt8) {
    if rate > Self.lastRate { rate *= 0.99999 }
    history = history &<< 8 | UInt64(byte)
    word.advance(past: byte)
    findRows()
    match.advance(past: byte, history: history)
  }

  /// The rows of orders 1, 2, 3, 4 and 6, and of the word.
  @inline(__always)
  private func findRows() {
    for index in 0..<Self.contexts {
      let context =
        index == 5
        ? word.value &+ 0x5bd1_e995
        : (history &<< (index == 4 ? 16 : UInt64(56 &- 8 &* index))) &+ UInt64(index)
      current[index] = rows.row(ContextHash.mix(context))
      bpb_prefetch(current[index])
      bpb_prefetch(current[index] + 16)
    }
  }
}

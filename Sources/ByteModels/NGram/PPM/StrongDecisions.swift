import BPBCore
import CPrefetch

/// Decisions that weigh sixteen voices, for those who would rather wait than keep a byte too many: beside
/// the tree and the longest match six contexts, each with a slow estimate and with what came of the last
/// seven decisions like it. Two sets of weights are averaged, and two secondary estimates follow.
struct StrongDecisions: CandidateDecisions, ~Copyable {
  static var candidates: Int { @inline(__always) get { 8 } }
  static var candidatesAfterEscape: Int { @inline(__always) get { 8 } }

  private let stretch: UnsafeMutablePointer<Float>
  private let squash: UnsafeMutablePointer<UInt16>
  private let rates: UnsafeMutablePointer<Int32>
  private let outcomes = PPMOutcomes()
  /// For each context, kind of candidate and history what came of it, of 65536.
  private let historyOutcomes: UnsafeMutablePointer<UInt16>
  /// By kind, depth and what the match says; then by symbol.
  private let weights: UnsafeMutablePointer<SIMD16<Float>>
  private var recentRefinement: SecondaryEstimates
  private var longerRefinement: SecondaryEstimates
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
  init(byteCount: Int) throws(BPBError) {
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

  var memoryBytes: Int {
    rows.memoryBytes + match.memoryBytes + outcomes.memoryBytes
      + recentRefinement.memoryBytes + longerRefinement.memoryBytes
  }

  var expected: Int { @inline(__always) get { match.expected } }

  @inline(never)
  mutating func decide<C: SymbolCoder & ~Copyable>(
    _ isIt: Bool, _ candidate: PPMCandidate, with coder: inout C
  ) -> Bool {
    let outcome = outcomes.place(of: candidate)
    let isExpected = match.expected == Int(candidate.symbol)
    let matchClass = match.lengthClass
    let matched = outcomes.place(matchClass: matchClass, isExpected: isExpected)
    let kind = candidate.kind.rawValue
    var inputs = SIMD16<Float>(repeating: 0)
    inputs[0] = stretch[candidate.probability &>> 4]
    inputs[1] = stretch[Int(outcome.pointee &>> 4)]
    readRows(candidate.symbol, kind, into: &inputs)
    var situation = kind &* 16 &+ candidate.depth
    if matchClass != 0 {
      inputs[14] = stretch[Int(matched.pointee &>> 4)]
      situation &+= (isExpected ? 128 : 256) &+ (matchClass > 15 ? 256 : 0)
    }
    let symbolSet = Self.situationSets + symbolClass(kind) &* 256 &+ Int(candidate.symbol)
    let one = Self.sum(inputs * weights[situation])
    let other = Self.sum(inputs * weights[symbolSet])
    let mixed = (one + other) * 0.5
    let order1 = Int(history & 0xFF) &<< 8 | Int(candidate.symbol)
    let order2 = Self.hash(history & 0xFFFF, candidate.symbol)
    let recent = recentRefinement.estimate(order1, mixed)
    let longer = longerRefinement.estimate(order2, mixed)
    let plain = Float(squash[Logistic.step(of: mixed)])
    let refined = plain * 0.3 + recent * 0.4 + longer * 0.3
    let probability = min(max(UInt32(refined), 1), 65535)
    let bit = coder.code(bit: isIt ? 1 : 0, probability: probability)
    let target = Float(Int32(bitPattern: bit &<< 16))
    weights[situation] += inputs * ((target - Float(squash[Logistic.step(of: one)])) * rate)
    weights[symbolSet] += inputs * ((target - Float(squash[Logistic.step(of: other)])) * rate)
    recentRefinement.learn(bit)
    longerRefinement.learn(bit)
    learnRows(candidate.symbol, kind, bit)
    outcome.pointee = PPMOutcomes.moved(outcome.pointee, by: bit)
    if matchClass != 0 { matched.pointee = PPMOutcomes.moved(matched.pointee, by: bit) }
    return bit != 0
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

  @inline(__always)
  mutating func advance(past byte: UInt8) {
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

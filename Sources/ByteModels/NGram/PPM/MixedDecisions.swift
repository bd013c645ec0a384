import BPBCore
import CPrefetch

/// Decisions that weigh four voices in the logistic domain: what came of such candidates of the tree
/// before, what the last three bytes and what the word so far say of the symbol, and whether a long
/// repetition expects it.
///
/// The weights are learned by gradient descent on code length, as in PAQ's mixers (M. Mahoney, "Adaptive
/// weighing of context models for lossless data compression", 2005); the candidates are PPM's, so that
/// there are two or so decisions a byte, not eight.
struct MixedDecisions: CandidateDecisions, ~Copyable {
  static var candidates: Int { @inline(__always) get { 3 } }
  static var candidatesAfterEscape: Int { @inline(__always) get { 2 } }

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
  init(byteCount: Int) throws(BPBError) {
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
    var rows = 1 << 8
    while rows < byteCount / 24 && rows < 1 << 16 { rows *= 2 }
    return rows
  }

  var memoryBytes: Int {
    textRows.memoryBytes + wordRows.memoryBytes + match.memoryBytes + outcomes.memoryBytes
  }

  var expected: Int { @inline(__always) get { match.expected } }

  @inline(__always)
  mutating func decide<C: SymbolCoder & ~Copyable>(
    _ isIt: Bool, _ candidate: PPMCandidate, with coder: inout C
  ) -> Bool {
    let place = SymbolRows<UInt16>.place(of: candidate.symbol)
    let recent = textRow + place
    let word = wordRow + place
    let isBinary = candidate.kind == .binary
    let outcome = outcomes.place(of: candidate)
    let isExpected = match.expected == Int(candidate.symbol)
    let lengthClass = match.lengthClass
    let matched = outcomes.place(matchClass: lengthClass, isExpected: isExpected)
    let tree = isBinary ? candidate.probability : Int(outcome.pointee)
    var inputs = SIMD4<Float>(
      stretch[tree &>> 4], stretch[AdaptiveProbability.share(recent.pointee)],
      stretch[AdaptiveProbability.share(word.pointee)], 0)
    var set = candidate.kind.rawValue &* 16 &+ candidate.depth
    if lengthClass != 0 {
      inputs[3] = stretch[Int(matched.pointee &>> 4)]
      set &+= (isExpected ? 128 : 256) &+ (lengthClass > 15 ? 256 : 0)
    }
    let products = inputs * weights[set]
    let sum = (products[0] + products[1]) + (products[2] + products[3])
    let probability = UInt32(squash[Logistic.step(of: sum)])
    let bit = coder.code(bit: isIt ? 1 : 0, probability: probability)
    let error = Float(Int32(bitPattern: bit &<< 16 &- probability))
    weights[set] += inputs * (error * rate)
    recent.pointee = AdaptiveProbability.moved(recent.pointee, by: bit, rates)
    word.pointee = AdaptiveProbability.moved(word.pointee, by: bit, rates)
    if !isBinary { outcome.pointee = PPMOutcomes.moved(outcome.pointee, by: bit) }
    if lengthClass != 0 { matched.pointee = PPMOutcomes.moved(matched.pointee, by: bit) }
    return bit != 0
  }

  @inline(__always)
  mutating func advance(past byte: UInt8) {
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

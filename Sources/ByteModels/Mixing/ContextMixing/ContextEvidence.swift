/// What a context keeps of the 15 binary decisions of a nibble, and what it has to say of each to a mixer.
///
/// A decision is named by its place in the nibble's heap, 1 to 15. Fresh memory has met nothing, and says nothing.
protocol ContextEvidence: SendableMetatype {
  /// Bytes of a slot: 16 or 64.
  static var slotBytes: Int { get }
  /// Numbers that it gives for a decision.
  static var inputs: Int { get }
  /// Where a slot keeps its run of bytes, if it does.
  static var run: Int? { get }
  /// Words of what all slots of a context's kind have learned together.
  static var sharedWords: Int { get }

  /// What `sharedWords` start as.
  static func prepare(_ shared: UnsafeMutablePointer<UInt32>)

  /// Writes `inputs` numbers to `x`, each within ±4096.
  ///
  /// - Returns: whether the decision was met before.
  static func predict(
    _ slot: UnsafeMutablePointer<UInt8>, _ place: Int, _ shared: UnsafeMutablePointer<UInt32>,
    _ tables: EvidenceTables, into x: UnsafeMutablePointer<Int16>
  ) -> Bool

  static func learn(
    _ slot: UnsafeMutablePointer<UInt8>, _ place: Int, _ bit: UInt32,
    _ shared: UnsafeMutablePointer<UInt32>, _ tables: EvidenceTables)

  /// The history of a decision.
  static func history(_ slot: UnsafeMutablePointer<UInt8>, _ place: Int) -> UInt8

  /// How much would be lost with the slot.
  static func worth(_ slot: UnsafeMutablePointer<UInt8>) -> UInt8
}

/// Tables that all evidence reads.
///
/// `@unchecked Sendable`: written once, when they are made.
struct EvidenceTables: @unchecked Sendable {
  static let all = EvidenceTables()

  let stretch = MixLogistic.tables.stretch
  let next = BitHistory.states.next
  let isOneSided = BitHistory.states.isOneSided
  let rates = LearnedShare.rates
  let counterRates = UnsafePointer(AdaptiveProbability.makeRates())
}

/// Bit histories alone: a byte a decision, so that four contexts share a line. What a history means is learned by all
/// decisions of the context's kind (indirect modelling).
enum HistoryEvidence: ContextEvidence {
  static var slotBytes: Int { 16 }
  static var inputs: Int { 2 }
  static var run: Int? { nil }
  static var sharedWords: Int { 256 }

  static func prepare(_ shared: UnsafeMutablePointer<UInt32>) {
    for state in 0..<256 {
      shared[state] = LearnedShare.fresh(
        BitHistory.states.firstShare(of: state, scale: 4_194_304))
    }
  }

  @inline(__always)
  static func predict(
    _ slot: UnsafeMutablePointer<UInt8>, _ place: Int, _ shared: UnsafeMutablePointer<UInt32>,
    _ tables: EvidenceTables, into x: UnsafeMutablePointer<Int16>
  ) -> Bool {
    let state = Int(slot[place])
    let share = LearnedShare.of4096(shared[state])
    let isMet: Int16 = state == 0 ? 0 : -1
    x[0] = tables.stretch[share] & isMet
    x[1] = Int16(truncatingIfNeeded: (share &- 2048) &>> 1) & isMet
    return state != 0
  }

  @inline(__always)
  static func learn(
    _ slot: UnsafeMutablePointer<UInt8>, _ place: Int, _ bit: UInt32,
    _ shared: UnsafeMutablePointer<UInt32>, _ tables: EvidenceTables
  ) {
    let state = Int(slot[place])
    if state != 0 { LearnedShare.learn(shared + state, bit, limit: 1023, tables.rates) }
    slot[place] = tables.next[2 &* state &+ Int(bit)]
  }

  @inline(__always)
  static func history(_ slot: UnsafeMutablePointer<UInt8>, _ place: Int) -> UInt8 { slot[place] }

  @inline(__always)
  static func worth(_ slot: UnsafeMutablePointer<UInt8>) -> UInt8 { slot[1] }
}

/// Histories, once more those that met one kind of bit only, and a probability that each decision learns for itself, as it is
/// and by what such probabilities came to; the byte that followed last. A line a context.
enum CountedEvidence: ContextEvidence {
  static var slotBytes: Int { 64 }
  static var inputs: Int { 4 }
  static var run: Int? { 48 }
  static var sharedWords: Int { 256 + 4096 }

  /// Where histories begin; the probabilities are before them, after the check.
  private static let histories = 32

  static func prepare(_ shared: UnsafeMutablePointer<UInt32>) {
    HistoryEvidence.prepare(shared)
    // By visits and the upper bits of the probability.
    for index in 0..<4096 {
      shared[256 + index] = LearnedShare.fresh((Double(index & 255) + 0.5) * 16384)
    }
  }

  @inline(__always)
  private static func word(
    _ slot: UnsafeMutablePointer<UInt8>, _ place: Int
  ) -> UnsafeMutablePointer<UInt16> {
    UnsafeMutableRawPointer(slot).assumingMemoryBound(to: UInt16.self) + place
  }

  /// The place in `shared` of what counters like this one came to.
  @inline(__always)
  private static func index(_ word: UInt16) -> Int {
    256 &+ Int(word & 15) &<< 8 &+ AdaptiveProbability.share(word) &>> 4
  }

  @inline(__always)
  static func predict(
    _ slot: UnsafeMutablePointer<UInt8>, _ place: Int, _ shared: UnsafeMutablePointer<UInt32>,
    _ tables: EvidenceTables, into x: UnsafeMutablePointer<Int16>
  ) -> Bool {
    let state = Int(slot[histories &+ place])
    let word = word(slot, place).pointee
    let isMet: Int16 = state == 0 ? 0 : -1
    let history = tables.stretch[LearnedShare.of4096(shared[state])]
    x[0] = history & isMet
    x[1] = history & tables.isOneSided[state]
    x[2] = tables.stretch[AdaptiveProbability.share(word)] & isMet
    x[3] = tables.stretch[LearnedShare.of4096(shared[index(word)])] & isMet
    return state != 0
  }

  @inline(__always)
  static func learn(
    _ slot: UnsafeMutablePointer<UInt8>, _ place: Int, _ bit: UInt32,
    _ shared: UnsafeMutablePointer<UInt32>, _ tables: EvidenceTables
  ) {
    let history = slot + (histories &+ place)
    let state = Int(history.pointee)
    let word = word(slot, place)
    if state != 0 {
      LearnedShare.learn(shared + state, bit, limit: 1023, tables.rates)
      LearnedShare.learn(shared + index(word.pointee), bit, limit: 1023, tables.rates)
    }
    word.pointee = AdaptiveProbability.moved(word.pointee, by: bit, tables.counterRates)
    history.pointee = tables.next[2 &* state &+ Int(bit)]
  }

  @inline(__always)
  static func history(_ slot: UnsafeMutablePointer<UInt8>, _ place: Int) -> UInt8 {
    slot[histories &+ place]
  }

  @inline(__always)
  static func worth(_ slot: UnsafeMutablePointer<UInt8>) -> UInt8 { slot[histories + 1] }
}

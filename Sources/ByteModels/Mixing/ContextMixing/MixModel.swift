import BPBCore
import CKernels

/// Context mixing: many contexts each say what they expect of the next bit, and a mixer that learns whom to trust makes one
/// probability of it.
///
/// A byte is eight decisions. Each context has a slot for each nibble, found by hash, with what happened there before
/// (`ContextEvidence`); matches expect what followed when the last bytes were met before. The mixer (`GatedMixer`) has
/// weights for each kind of decision; what came of its probabilities is learned once more (`FinalEstimate`).
///
/// The design is that of M. Mahoney's PAQ series (2002 to 2008); every number is an integer, so that the same bits come of
/// it on every machine.
struct MixModel<Evidence: ContextEvidence>: ByteModel, ~Copyable {
  private let contexts: UnsafeMutablePointer<MixContext>
  private let contextCount: Int
  private let lines: ContextLines<Evidence>
  private var text = MixText()
  private let ring: TextRing
  private let matches: UnsafeMutablePointer<MatchExpectation>
  private let matchCount: Int
  private var mixer: GatedMixer
  private var decision = MixDecision()
  private var byLastByte: FinalEstimate
  private var byTwoBytes: FinalEstimate
  private let tables = EvidenceTables.all
  private let logistic = MixLogistic.tables
  /// For each context its hash for the nibble in progress, its slot there, and what its kind learned.
  private let hashes: UnsafeMutablePointer<UInt64>
  private let slots: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>>
  private let shared: UnsafeMutablePointer<UInt32>
  /// For each context the slot of the byte's first nibble, and what runs there have learned.
  private let firstSlots: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>>
  private let sharedRuns: UnsafeMutablePointer<UInt32>
  /// What is known of the order of zero bytes.
  private let alone: UnsafeMutablePointer<UInt32>
  private let leadingOrders: Int
  /// The contexts of two bytes and of the word, by whose histories selectors go; nil where they are left out.
  private let secondOrder: Int?
  private let word: Int?

  /// A bias, and the order of zero bytes.
  private static var ownInputs: Int { 2 }
  private static var runInputs: Int { Evidence.run == nil ? 0 : 1 }

  /// - Parameters:
  ///   - memory: the most bytes that contexts may take.
  ///   - byteCount: raw bytes to come, so that a small input gets small tables.
  /// - Throws: `methodFailed` when there is no memory.
  init(
    _ level: MixLevel, memory: Int, byteCount: Int, kernels: UnsafePointer<bpb_kernels>
  ) throws(BPBError) {
    let count = level.contexts.count
    let lines = try ContextLines<Evidence>(
      bytes: min(memory, MixMemory.lines(level, Evidence.slotBytes, byteCount)))
    let ring = try TextRing(bytes: MixMemory.ring(memory, byteCount))
    let mixer = try GatedMixer(
      inputs: Self.ownInputs + level.matches.count * MatchExpectation.inputs
        + count * (Evidence.inputs + Self.runInputs),
      selectors: level.selectors, kernels: kernels)
    let byLastByte = try FinalEstimate(contexts: 1 << 16)
    let byTwoBytes = try FinalEstimate(contexts: 1 << 16)
    matches = try Self.matches(level.matches, places: MixMemory.places(memory, byteCount))
    matchCount = level.matches.count
    contexts = .allocate(capacity: count)
    contexts.initialize(from: level.contexts, count: count)
    contextCount = count
    secondOrder = level.contexts.firstIndex(of: .order(2))
    word = level.contexts.firstIndex(of: .word)
    leadingOrders =
      level.contexts.prefix { if case .order = $0 { true } else { false } }.count
    hashes = .allocate(capacity: count)
    hashes.initialize(repeating: 0, count: count)
    slots = .allocate(capacity: count)
    shared = .allocate(capacity: count * Evidence.sharedWords)
    for context in 0..<count { Evidence.prepare(shared + context * Evidence.sharedWords) }
    firstSlots = .allocate(capacity: count)
    sharedRuns = .allocate(capacity: count * RunEvidence.sharedWords)
    for context in 0..<count {
      RunEvidence.prepare(sharedRuns + context * RunEvidence.sharedWords)
    }
    alone = .allocate(capacity: 256)
    alone.initialize(repeating: LearnedShare.fresh(2_097_152), count: 256)
    self.lines = lines
    self.ring = ring
    self.mixer = mixer
    self.byLastByte = byLastByte
    self.byTwoBytes = byTwoBytes
    findFirstNibble()
  }

  private static func matches(
    _ shortest: [Int], places: Int
  ) throws(BPBError) -> UnsafeMutablePointer<MatchExpectation> {
    let matches = UnsafeMutablePointer<MatchExpectation>.allocate(capacity: shortest.count)
    var made = 0
    do throws(BPBError) {
      for length in shortest {
        (matches + made).initialize(to: try MatchExpectation(shortest: length, places: places))
        made += 1
      }
    } catch {
      matches.deinitialize(count: made)
      matches.deallocate()
      throw error
    }
    return matches
  }

  deinit {
    contexts.deallocate()
    matches.deinitialize(count: matchCount)
    matches.deallocate()
    hashes.deallocate()
    slots.deallocate()
    shared.deallocate()
    firstSlots.deallocate()
    sharedRuns.deallocate()
    alone.deallocate()
  }

  package var memoryBytes: Int {
    var bytes = lines.memoryBytes + mixer.memoryBytes + byLastByte.memoryBytes
    bytes += byTwoBytes.memoryBytes + ring.reach + 1
    for index in 0..<matchCount { bytes += matches[index].memoryBytes }
    return bytes + contextCount * ((Evidence.sharedWords + RunEvidence.sharedWords) * 4 + 24)
  }

  package mutating func code<C: SymbolCoder & ~Copyable>(
    _ byte: UInt8, with coder: inout C
  ) -> UInt8 {
    decision.bits = 1
    var shift = 7
    while shift >= 0 {
      decision.shift = shift
      if shift == 3 { findSecondNibble() }
      let place = Self.place(decision.bits, shift)
      let share = predict(place)
      let bit = coder.code(bit: UInt32(byte &>> UInt8(shift)) & 1, probability: share)
      learn(bit, place)
      decision.bits = decision.bits &<< 1 | Int(bit)
      if shift == 5 { askForSecondNibble() }
      shift &-= 1
    }
    let coded = UInt8(truncatingIfNeeded: decision.bits)
    advance(past: coded)
    return coded
  }

  /// The decision's place in the heap of its nibble.
  @inline(__always)
  private static func place(_ bits: Int, _ shift: Int) -> Int {
    guard shift <= 3 else { return bits }
    let top = 1 &<< (3 &- shift)
    return bits & (top &- 1) | top
  }

  // MARK: A decision

  @inline(__always)
  private mutating func predict(_ place: Int) -> UInt32 {
    let stretch = tables.stretch
    var x = mixer.x
    x[0] = 256
    x[1] = stretch[LearnedShare.of4096(alone[decision.bits])]
    x += Self.ownInputs
    var expectation = 0
    for index in 0..<matchCount {
      let found = matches[index].predict(decision.bits, decision.shift, stretch, into: x)
      if found != 0 { expectation = found }
      x += MatchExpectation.inputs
    }
    decision.expectation = expectation
    var met = 0
    for context in 0..<contextCount {
      let isMet = Evidence.predict(
        slots[context], place, shared + context &* Evidence.sharedWords, tables, into: x)
      if isMet && context < leadingOrders { met &+= 1 }
      x += Evidence.inputs
    }
    decision.metOrders = met
    predictByRuns(into: x)
    noteHistories(place)
    let mixed = mixer.mix(decision)
    let plain = logistic.squash(mixed)
    let last = byLastByte.estimate(decision.last &<< 8 | decision.bits, mixed)
    let two = byTwoBytes.estimate(decision.twoBytes ^ (decision.bits &* 0xB5), mixed)
    return UInt32(min(max((2 &* plain &+ last &+ two &+ 2) &>> 2, 1), 65535))
  }

  @inline(__always)
  private func predictByRuns(into x: UnsafeMutablePointer<Int16>) {
    guard let run = Evidence.run else { return }
    for context in 0..<contextCount {
      let index = RunEvidence.index(firstSlots[context] + run, decision.bits, decision.shift)
      let shared = sharedRuns + context &* RunEvidence.sharedWords
      x[context] = index < 0 ? 0 : tables.stretch[LearnedShare.of4096(shared[index])]
    }
  }

  @inline(__always)
  private func learnByRuns(_ bit: UInt32) {
    guard let run = Evidence.run else { return }
    for context in 0..<contextCount {
      let index = RunEvidence.index(firstSlots[context] + run, decision.bits, decision.shift)
      guard index >= 0 else { continue }
      let shared = sharedRuns + context &* RunEvidence.sharedWords
      LearnedShare.learn(shared + index, bit, limit: 1023, tables.rates)
    }
  }

  /// Selectors go by what happened in the second order and in the word.
  @inline(__always)
  private mutating func noteHistories(_ place: Int) {
    if let secondOrder {
      decision.secondHistory = Int(Evidence.history(slots[secondOrder], place))
    }
    if let word { decision.wordHistory = Int(Evidence.history(slots[word], place)) }
  }

  @inline(__always)
  private mutating func learn(_ bit: UInt32, _ place: Int) {
    mixer.learn(bit)
    learnByRuns(bit)
    byLastByte.learn(bit)
    byTwoBytes.learn(bit)
    LearnedShare.learn(alone + decision.bits, bit, limit: 255, tables.rates)
    for index in 0..<matchCount { matches[index].learn(bit, tables.rates) }
    for context in 0..<contextCount {
      Evidence.learn(
        slots[context], place, bit, shared + context &* Evidence.sharedWords, tables)
    }
  }

  // MARK: A byte

  private mutating func advance(past byte: UInt8) {
    if let run = Evidence.run {
      for context in 0..<contextCount {
        RunEvidence.advance(firstSlots[context] + run, past: byte)
      }
    }
    ring[text.position] = byte
    text.advance(past: byte)
    findFirstNibble()
    for index in 0..<matchCount { matches[index].advance(ring, text.position, text.bytes) }
  }

  private mutating func findFirstNibble() {
    let above =
      text.column < text.lineStart - text.previousLineStart
      ? ring[text.previousLineStart + text.column] : 0
    for context in 0..<contextCount {
      let hash = contexts[context].hash(text, kind: UInt64(context), byteAbove: above)
      hashes[context] = hash
      lines.prefetch(hash)
    }
    decision.last = text.last
    decision.byteBefore = Int(text.bytes &>> 8 & 0xFF)
    decision.twoBytes = Int(ContextHash.mix(text.lastBytes(2)) &>> 48)
    decision.classes = Int(text.classes & 0xFFF)
    decision.wordLength = text.wordLength
    decision.column = text.column
    decision.classAbove = Int(MixText.classOf[Int(above)])
    for context in 0..<contextCount {
      slots[context] = lines.slot(hashes[context])
      firstSlots[context] = slots[context]
    }
  }

  /// Three bits are known, which name the lines of the next nibble.
  @inline(__always)
  private mutating func askForSecondNibble() {
    let known = UInt64(decision.bits) &* 0xD6E8_FEB8_6659_FD93
    for context in 0..<contextCount {
      let hash = ContextHash.mix(hashes[context] &+ known)
      hashes[context] = hash
      lines.prefetch(hash)
    }
  }

  @inline(__always)
  private mutating func findSecondNibble() {
    // The fourth bit is in what the slot is known by.
    let fourth = UInt64(decision.bits & 1) &<< 1
    for context in 0..<contextCount { slots[context] = lines.slot(hashes[context] ^ fourth) }
  }
}

import BPBCore
import CKernels

/// Context mixing: many contexts each say what they expect of the next bit, and a mixer that learns whom to trust makes one
/// probability of it.
///
/// A byte is eight decisions. Each context has a slot for each nibble with what happened there before (`ContextHistories`);
/// matches expect what followed when the last bytes were met before. The mixer (`GatedMixer`) has weights for each kind of
/// decision; what came of its probabilities is learned once more (`FinalEstimate`).
///
/// The design is that of M. Mahoney's PAQ series (2002 to 2008); every number is an integer, so that the same bits come of
/// it on every machine.
struct MixModel: ByteModel, ~Copyable {
  private var contexts: ContextHistories
  private var logLinear: LogLinearModel
  private var text = MixText()
  private let features = MixFeatures()
  /// Those that cost something; nil where no context needs them.
  private var forms: WordForms?
  private var structure: MixStructure?
  private var sections: MixSections?
  private var lastCharacters: LastCharacters?
  private var followed: FollowedCharacters?
  private var records: MixRecords?
  /// What the next byte is taken for.
  private var script = MixScript.narrow
  /// What an ideograph is taken for.
  private let ofIdeographs: MixScript
  private let chains: OwnedRow<SmoothedCounts>
  private var dots: DotNeighbours
  private let ring: TextRing
  private let matches: OwnedRow<MatchExpectation>
  private var mixer: GatedMixer
  private var decision = MixDecision()
  private var expectsOne = false
  private let estimates: FinalEstimates
  private let stretch = MixLogistic.tables.stretch
  private let rates = LearnedShare.rates
  /// What is known of the order of zero bytes.
  private let alone: UnsafeMutablePointer<UInt32>
  private let leadingOrders: Int
  /// The contexts of two bytes and of the word, by whose histories selectors go; nil where they are left out.
  private let secondOrder: Int?
  private let word: Int?
  /// Who else is listened to.
  private let guest: GuestEvidence?
  /// Where evidence of dots, of the log-linear model, of chains and of the guest stands.
  private let dotPlace: Int
  private let logLinearPlace: Int
  private let chainPlace: Int
  private let guestPlace: Int

  /// A bias, and the order of zero bytes.
  private static var ownInputs: Int { 2 }

  /// - Parameters:
  ///   - memory: the most bytes that contexts may take.
  ///   - byteCount: raw bytes to come, so that a small input gets small tables.
  /// - Throws: `methodFailed` when there is no memory.
  init(
    _ level: MixLevel, memory: Int, byteCount: Int, guest: (any MixGuest)? = nil,
    kernels: UnsafePointer<bpb_kernels>
  ) throws(BPBError) {
    let guestInputs = guest == nil ? 0 : GuestEvidence.inputs
    let chainInputs = level.chains.count * SmoothedCounts.inputs
    let dotInputs = level.dots.count * DotNeighbours.inputsOfTemplate
    let logLinearInputs = LogLinearModel.inputs(groups: level.logLinear.count)
    let dotPlace =
      Self.ownInputs + level.matches.count * MatchExpectation.inputs
      + level.contexts(.narrow).count * ContextHistories.inputs
    let logLinearPlace = dotPlace + dotInputs
    let logLinear = try LogLinearModel(
      groups: level.logLinear.map(\.count), ByScript(level.logLinearContexts),
      bytes: MixMemory.weights(level, memory, byteCount))
    let contexts = try ContextHistories(
      ByScript(level.contexts), bytes: min(memory, MixMemory.lines(level, byteCount)))
    let ring = try TextRing(bytes: MixMemory.ring(memory, byteCount))
    let mixer = try GatedMixer(
      inputs: logLinearPlace + logLinearInputs + chainInputs + guestInputs,
      selectors: level.selectors + (guest == nil ? [] : [.guest]), last: level.lastSelectors,
      rates: level.rates, seldom: dotInputs,
      promoted: LogLinearModel.promoted + chainInputs + guestInputs,
      kernels: kernels)
    let dots = try DotNeighbours(level.dots)
    let estimates = try FinalEstimates(level.estimates)
    let needed = level.features
    let followed =
      needed.isDisjoint(with: FollowedCharacters.features) ? nil : try FollowedCharacters()
    let places = MixMemory.places(memory, byteCount)
    let matches = try OwnedRow(count: level.matches.count) { index throws(BPBError) in
      try MatchExpectation(shortest: level.matches[index], places: places)
    }
    let chainBytes = MixMemory.chain(memory, byteCount)
    let chains = try OwnedRow(count: level.chains.count) { index throws(BPBError) in
      try SmoothedCounts(ByScript(level.chains[index].contexts), bytes: chainBytes)
    }
    secondOrder = level.contexts(.narrow).firstIndex(of: .order(2))
    word = level.contexts(.narrow).firstIndex(of: .of(.word, bytes: 1))
    leadingOrders = level.contexts(.narrow).prefix(while: \.isOrder).count
    alone = .allocate(capacity: 256)
    alone.initialize(repeating: LearnedShare.fresh(2_097_152), count: 256)
    self.matches = matches
    self.chains = chains
    self.contexts = contexts
    self.logLinear = logLinear
    self.logLinearPlace = logLinearPlace
    ofIdeographs = level.usual(.ideographic)
    self.dotPlace = dotPlace
    chainPlace = logLinearPlace + logLinearInputs
    self.dots = dots
    guestPlace = chainPlace + chainInputs
    self.ring = ring
    self.mixer = mixer
    self.estimates = estimates
    forms = needed.isDisjoint(with: WordForms.features) ? nil : WordForms()
    sections = needed.isDisjoint(with: MixSections.features) ? nil : MixSections()
    let readsLines = sections != nil
    structure =
      readsLines || !needed.isDisjoint(with: MixStructure.features) ? MixStructure() : nil
    lastCharacters = needed.isDisjoint(with: LastCharacters.features) ? nil : LastCharacters()
    self.followed = followed
    records = level.ofData.isEmpty ? nil : MixRecords()
    self.guest = guest.map(GuestEvidence.init)
    describe()
    ask()
    find()
  }

  deinit { alone.deallocate() }

  package var memoryBytes: Int {
    var bytes =
      contexts.memoryBytes + logLinear.memoryBytes + mixer.memoryBytes + estimates.memoryBytes
    bytes += dots.memoryBytes + ring.reach + 1 + (guest?.memoryBytes ?? 0)
    bytes += forms == nil ? 0 : WordForms.memoryBytes
    bytes += followed == nil ? 0 : FollowedCharacters.memoryBytes
    bytes += records == nil ? 0 : MixRecords.memoryBytes
    for index in 0..<matches.count { bytes += matches[index].memoryBytes }
    for index in 0..<chains.count { bytes += chains[index].memoryBytes }
    return bytes
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
      note(bit)
      decision.bits = decision.bits &<< 1 | Int(bit)
      guard shift > 0 else { break }
      learn(bit, place)
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
    decision.dots = dots.advance(decision.bits, decision.shift, text.bytes)
    estimates.choose(decision)
    var x = mixer.x
    x[0] = 256
    x[1] = stretch[LearnedShare.of4096(alone[decision.bits])]
    x += Self.ownInputs
    var expectation = 0
    for index in 0..<matches.count {
      let found = matches[index].predict(decision.bits, decision.shift, stretch, into: x)
      if found != 0 { expectation = found }
      x += MatchExpectation.inputs
    }
    decision.expectation = expectation
    contexts.predict(place, into: x)
    decision.metOrders = contexts.met(ofFirst: leadingOrders)
    logLinear.predict(place, decision.shift, stretch, into: mixer.x + logLinearPlace)
    dots.predict(stretch, into: mixer.x + dotPlace)
    for index in 0..<chains.count {
      let place = mixer.x + chainPlace + index &* SmoothedCounts.inputs
      chains[index].predict(decision.bits, decision.shift, stretch, into: place)
    }
    if let guest {
      guest.predict(decision.bits, decision.shift, stretch, into: mixer.x + guestPlace)
      decision.guest = guest.place
    }
    if let secondOrder { decision.secondHistory = contexts.history(secondOrder) }
    if let word { decision.wordHistory = contexts.history(word) }
    let share = estimates.estimate(mixer.mix(decision))
    expectsOne = share > 32768
    return UInt32(share)
  }

  /// What is learned of a bit at once.
  @inline(__always)
  private mutating func note(_ bit: UInt32) {
    decision.misses = decision.misses &<< 1 | (expectsOne == (bit != 0) ? 0 : 1)
    guest?.learn(bit, rates)
    dots.learn(bit, rates)
    for index in 0..<chains.count { chains[index].learn(bit, rates) }
    estimates.learn(bit)
    LearnedShare.learn(alone + decision.bits, bit, limit: 255, rates)
    for index in 0..<matches.count { matches[index].learn(bit, rates) }
  }

  /// What takes longer: time in which lines that were asked for come.
  @inline(__always)
  private mutating func learn(_ bit: UInt32, _ place: Int) {
    mixer.learn(bit)
    contexts.learn(bit, place)
    logLinear.learn(bit, place)
  }

  // MARK: A byte

  /// The byte's last bit is learned when the next byte's lines have been asked for: until `find`, nothing that `learn` reads
  /// may change.
  private mutating func advance(past byte: UInt8) {
    guest?.advance(past: byte)
    for index in 0..<chains.count { chains[index].observe(byte) }
    ring[text.position] = byte
    text.advance(past: byte, isData: script == .data)
    for index in 0..<matches.count { matches[index].ask(text.bytes) }
    describe()
    ask()
    learn(UInt32(byte & 1), Self.place(Int(byte) &>> 1 | 128, 0))
    find()
  }

  // MARK: Tables

  /// Asks for what contexts have for the first nibble of the next byte.
  @inline(__always)
  private func ask() {
    logLinear.ask(text.bytes, features.values, script)
    contexts.ask(text.bytes, features.values, script)
    for index in 0..<chains.count { chains[index].ask(text.bytes, features.values, script) }
  }

  /// Takes up the lines that were asked for, and what the next byte's decisions go by.
  @inline(__always)
  private mutating func find() {
    mixer.describe(decision)
    mixer.useRates(ofData: script == .data)
    contexts.find(script)
    logLinear.takeUp()
    for index in 0..<chains.count { chains[index].find(text.bytes) }
  }

  /// Asks for the lines of the second nibble, which three bits of the first one name.
  @inline(__always)
  private func askForSecondNibble() {
    contexts.askForSecondNibble(decision.bits)
    logLinear.askForSecondNibble(decision.bits)
  }

  @inline(__always)
  private func findSecondNibble() {
    contexts.findSecondNibble(decision.bits)
    logLinear.takeUp(fourth: decision.bits & 1)
  }

  /// Notes what contexts and selectors are made of.
  @inline(__always)
  private mutating func describe() {
    text.write(into: features)
    forms?.advance(text, into: features)
    structure?.advance(text, into: features)
    sections?.advance(text, into: features)
    lastCharacters?.advance(text, into: features)
    let isData = records?.advance(text, ring, into: features) ?? false
    script = isData ? .data : text.script == .ideographic ? ofIdeographs : text.script
    decision.followed = followed?.advance(text, into: features) ?? 0
    if text.position > 0 { lookForMatches() }
    let above = byteAbove(0)
    features[.above] = UInt64(above)
    features[.aboveNext] = UInt64(byteAbove(1))
    noteExpectations()
    decision.last = text.last
    decision.byteBefore = Int(text.bytes &>> 8 & 0xFF)
    decision.bytes = text.bytes
    decision.classes = Int(text.classes & 0xFFF)
    decision.wordLength = text.wordLength
    decision.column = text.column
    decision.byteAbove = Int(above)
    decision.classAbove = Int(MixText.classOf[Int(above)])
    if isData { describeData() }
    dots.describe(ring, text.position, row: records?.sureRow)
    estimates.describe(decision)
  }

  @inline(__always)
  private func lookForMatches() {
    for index in 0..<matches.count { matches[index].advance(ring, text.position, text.bytes) }
  }

  /// What selectors go by where there are no lines and words.
  private mutating func describeData() {
    let (record, row) = (Int(features[.record] & 0xFF), Int(features[.row]))
    decision.column = Int(features[.recordColumn] & 63)
    decision.classAbove = Int(MixText.classOf[record])
    decision.byteAbove = row
    decision.wordLength = Int(features[.sincePair]) & 15
  }

  /// The byte so far right of the next one in the line before; 0 where that was shorter.
  @inline(__always)
  private func byteAbove(_ ahead: Int) -> UInt8 {
    let column = text.column &+ ahead
    return column < text.lineStart &- text.previousLineStart
      ? ring[text.previousLineStart &+ column] : 0
  }

  @inline(__always)
  private mutating func noteExpectations() {
    var (shortest, longest, length) = (256, 256, 0)
    for index in 0..<matches.count {
      guard let (byte, lengthClass) = matches[index].expectation else { continue }
      if shortest == 256 { shortest = byte }
      (longest, length) = (byte, lengthClass)
    }
    decision.expectedByte = longest
    features[.expected] = UInt64(longest)
    features[.expectedToo] = UInt64(shortest)
    decision.expectedLength = length
    features[.expectedLength] = UInt64(length)
  }
}

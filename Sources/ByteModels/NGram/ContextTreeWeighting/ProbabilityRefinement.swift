import BPBCore

/// Secondary estimation: what came of such probabilities in the past, in two kinds of context.
///
/// A probability is put in one of 49 classes by its odds; in each class and context the share of ones is
/// counted, and read between the two nearest classes. The mean over both kinds of context is
/// coded. Source of the idea: symbol estimation in J. G. Cleary's and later in C. Bloom's and D. Shkarin's
/// models ("PPM: one step to practicality", 2002); read between classes as in M. Mahoney's PAQ (2005).
struct ProbabilityRefinement: ~Copyable {
  /// The greatest share of 2^24 that a one may have.
  static let most: Int64 = 1 << BitNode.probabilityBits - 1
  // Classes are half a bit of odds wide, from -12 to 12 bits.
  private static let widthBits: Int32 = 19
  private static let mostOdds: Int32 = 12 << 20 - 1
  private static let classes = 49
  // A byte's decisions are told apart by slot and place.
  private static let decisions = 17 * slotWords
  /// What a class is worth at first, in visits.
  private static let firstVisits: UInt32 = 6

  private let tables = BitNodeTables(strength: 1)
  private let memory: AnonymousMemory
  /// A `BitNode` a context and class, all of them less what the class begins with: so memory that is
  /// zero, and not touched before it is needed, has learned nothing.
  private let cells: UnsafeMutablePointer<UInt32>
  private let states: UnsafeMutablePointer<UInt32>
  private let beginnings: UnsafeMutablePointer<UInt32>
  private var chosen: (first: Int, second: Int, place: Int) = (0, 0, 0)

  /// A refinement that refines nothing yet.
  ///
  /// - Parameter stateCount: how many states there are of the second kind of context.
  /// - Throws: `methodFailed` when there is no memory.
  init(stateCount: Int) throws(BPBError) {
    let ofBytes = 256 * Self.decisions * Self.classes
    memory = try AnonymousMemory(bytes: 4 * (ofBytes + stateCount * Self.classes))
    cells = memory.base.assumingMemoryBound(to: UInt32.self)
    states = cells + ofBytes
    beginnings = .allocate(capacity: Self.classes)
    var odds = 0x1p-12
    for place in 0..<Self.classes {
      beginnings[place] = UInt32(odds / (1 + odds) * 0x1p24) << 8 | Self.firstVisits
      odds *= 1.4142135623730951
    }
  }

  deinit { beginnings.deallocate() }

  /// Bytes allocated.
  var memoryBytes: Int { memory.byteCount }

  /// What is coded for a decision whose odds have the logarithm `odds`, in parts of 2^24.
  ///
  /// - Parameters:
  ///   - decision: one of the 255 of a byte, by slot and place.
  ///   - state: below `stateCount`.
  @inline(__always)
  mutating func refine(_ odds: Int32, decision: Int, lastByte: Int, state: Int) -> UInt32 {
    let above = min(max(odds, -Self.mostOdds), Self.mostOdds) &+ Self.mostOdds
    let place = Int(above &>> Self.widthBits)
    let rest = Int64(above & (1 << Self.widthBits - 1))
    let first = (lastByte &* Self.decisions &+ decision) &* Self.classes &+ place
    let second = state &* Self.classes &+ place
    let nearer = Int(rest &>> Int64(Self.widthBits &- 1))
    chosen = (first &+ nearer, second &+ nearer, place &+ nearer)
    let sum = between(cells + first, place, rest) &+ between(states + second, place, rest)
    return UInt32(truncatingIfNeeded: min(max(sum &>> 1, 1), Self.most))
  }

  /// Learns that `bit` came of the probability last refined.
  @inline(__always)
  func update(with bit: UInt32) {
    let target = BitNode.target(bit)
    update(cells + chosen.first, towards: target)
    update(states + chosen.second, towards: target)
  }

  @inline(__always)
  private func update(_ cell: UnsafeMutablePointer<UInt32>, towards target: Int64) {
    let beginning = beginnings[chosen.place]
    let node = BitNode.updated(
      cell[0] &+ beginning, target: target, tables.rates, tables.increments)
    cell[0] = node &- beginning
  }

  /// The share of ones between the class of `cell` and the next one.
  @inline(__always)
  private func between(
    _ cell: UnsafeMutablePointer<UInt32>, _ place: Int, _ rest: Int64
  ) -> Int64 {
    let low = Int64((cell[0] &+ beginnings[place]) &>> 8)
    let high = Int64((cell[1] &+ beginnings[place &+ 1]) &>> 8)
    return low &+ ((high &- low) &* rest) &>> Int64(Self.widthBits)
  }
}

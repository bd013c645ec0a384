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
  private static let widthBits: Int32 = 23
  private static let mostOdds: Int32 = 12 << 24 - 1
  private static let classes = 49
  // A byte's decisions are told apart by slot and place.
  private static let decisions = 17 * slotWords
  /// What a class is worth at first, in visits.
  private static let firstVisits: UInt32 = 6

  private let tables = BitNodeTables(strength: 1)
  private let memory: UnsafeMutablePointer<UInt32>
  private let count: Int
  private let states: UnsafeMutablePointer<UInt32>
  private var chosen: (UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<UInt32>)

  /// A refinement that refines nothing yet, for trees of so many bytes.
  init(depth: Int) {
    let decisions = 256 * Self.decisions
    count = (decisions + (depth + 1) * 12 * 32) * Self.classes
    memory = .allocate(capacity: count)
    states = memory + decisions * Self.classes
    chosen = (memory, memory)
    var odds = 0x1p-12
    for place in 0..<Self.classes {
      let word = UInt32(odds / (1 + odds) * 0x1p24) << 8 | Self.firstVisits
      for i in stride(from: place, to: count, by: Self.classes) { memory[i] = word }
      odds *= 1.4142135623730951
    }
  }

  deinit { memory.deallocate() }

  /// Bytes allocated.
  var memoryBytes: Int { count * 4 }

  /// What is coded for a decision whose odds have the logarithm `odds`, in parts of 2^24.
  @inline(__always)
  mutating func refine(_ odds: Int32, decision: Int, lastByte: Int, state: Int) -> UInt32 {
    let above = min(max(odds, -Self.mostOdds), Self.mostOdds) &+ Self.mostOdds
    let place = Int(above &>> Self.widthBits)
    let rest = Int64(above & (1 << Self.widthBits - 1))
    let first = memory + ((lastByte &* Self.decisions &+ decision) &* Self.classes &+ place)
    let second = states + (state &* Self.classes &+ place)
    let nearer = Int(rest &>> Int64(Self.widthBits &- 1))
    chosen = (first + nearer, second + nearer)
    let mean = (Self.between(first, rest) &+ Self.between(second, rest)) &>> 1
    return UInt32(truncatingIfNeeded: min(max(mean, 1), Self.most))
  }

  /// Learns that `bit` came of the probability last refined.
  @inline(__always)
  func update(with bit: UInt32) {
    let target = BitNode.target(bit)
    let (rates, increments) = (tables.rates, tables.increments)
    chosen.0[0] = BitNode.updated(chosen.0[0], target: target, rates, increments)
    chosen.1[0] = BitNode.updated(chosen.1[0], target: target, rates, increments)
  }

  @inline(__always)
  private static func between(_ cell: UnsafeMutablePointer<UInt32>, _ rest: Int64) -> Int64 {
    let low = Int64(cell[0] &>> 8)
    let high = Int64(cell[1] &>> 8)
    return low &+ ((high &- low) &* rest) &>> Int64(widthBits)
  }
}

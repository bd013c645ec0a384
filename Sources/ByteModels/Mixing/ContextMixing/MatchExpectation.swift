import BPBCore
import CPrefetch

/// The last bytes, round and round.
struct TextRing: ~Copyable {
  private let bytes: UnsafeMutablePointer<UInt8>
  private let memory: AnonymousMemory
  private let mask: Int

  /// - Parameter bytes: a power of two.
  /// - Throws: `methodFailed` when there is no memory.
  init(bytes count: Int) throws(BPBError) {
    memory = try AnonymousMemory(bytes: count)
    bytes = memory.base.assumingMemoryBound(to: UInt8.self)
    mask = count - 1
  }

  /// How far back bytes are kept.
  var reach: Int { mask }

  subscript(_ position: Int) -> UInt8 {
    @inline(__always) get { bytes[position & mask] }
    @inline(__always) nonmutating set { bytes[position & mask] = newValue }
  }
}

/// The byte that followed when the last bytes were met before, and how far to trust it.
///
/// A table names the place after the last bytes of a given number; how often a match of such a length was right is learned
/// (the match model of PAQ, M. Mahoney, 2002).
struct MatchExpectation: ~Copyable {
  /// Bytes that have to agree.
  private let shortest: Int
  private let places: UnsafeMutablePointer<UInt32>
  private let memory: AnonymousMemory
  private let shift: UInt64
  /// By the length's class and the expected bit.
  private let shares: UnsafeMutablePointer<UInt32>
  private var place = 0
  private var length = 0
  /// A one and the bits of the byte that is expected; 0 for none.
  private var expected = 0
  private var learning: UnsafeMutablePointer<UInt32>?

  static var inputs: Int { 2 }
  private static let classes = 32
  /// Lengths beyond it are not told apart.
  private static let mostLength = 400

  /// - Parameter places: a power of two.
  /// - Throws: `methodFailed` when there is no memory.
  init(shortest: Int, places count: Int) throws(BPBError) {
    self.shortest = shortest
    memory = try AnonymousMemory(bytes: count * 4)
    places = memory.base.assumingMemoryBound(to: UInt32.self)
    shift = UInt64(64 - count.trailingZeroBitCount)
    shares = .allocate(capacity: 2 * Self.classes)
    for index in 0..<2 * Self.classes {
      shares[index] = LearnedShare.fresh(index & 1 == 0 ? 1_048_576 : 3_145_728)
    }
  }

  deinit { shares.deallocate() }

  var memoryBytes: Int { memory.byteCount }

  /// 0 for no expectation; then 1 to 31, ever coarser.
  private var lengthClass: Int {
    length < 16 ? length : min(16 &+ (length &- 16) &>> 3, Self.classes &- 1)
  }

  /// The byte that is expected before any bit of it is known, and the length's class; nil for none.
  @inline(__always)
  var expectation: (byte: Int, lengthClass: Int)? {
    expected == 0 ? nil : (expected & 0xFF, lengthClass)
  }

  /// Writes what is expected of the next bit to `x`.
  ///
  /// - Returns: 0 for nothing, else the length's class, and the expected bit.
  @inline(__always)
  mutating func predict(
    _ bits: Int, _ shift: Int, _ stretch: UnsafeMutablePointer<Int16>,
    into x: UnsafeMutablePointer<Int16>
  ) -> Int {
    // What was expected has come so far.
    guard expected &>> (shift &+ 1) == bits else {
      expected = 0
      learning = nil
      x[0] = 0
      x[1] = 0
      return 0
    }
    let bit = expected &>> shift & 1
    let index = lengthClass &<< 1 | bit
    let share = LearnedShare.of4096(shares[index])
    x[0] = stretch[share]
    x[1] = Int16(truncatingIfNeeded: share &- 2048)
    learning = shares + index
    return index
  }

  @inline(__always)
  func learn(_ bit: UInt32, _ rates: UnsafeMutablePointer<Int32>) {
    if let learning { LearnedShare.learn(learning, bit, limit: 1023, rates) }
  }

  /// Asks for the place that will be looked at when the last eight bytes are `bytes`.
  @inline(__always)
  func ask(_ bytes: UInt64) { bpb_prefetch(places + index(bytes)) }

  /// Takes in that `text` has grown to `count` bytes, the last eight of them `bytes`.
  @inline(__always)
  mutating func advance(_ text: borrowing TextRing, _ count: Int, _ bytes: UInt64) {
    if length > 0, text[place] == text[count &- 1] {
      place &+= 1
      length = min(length &+ 1, Self.mostLength)
    } else {
      length = 0
    }
    let entry = places + index(bytes)
    if length == 0 { look(at: entry.pointee, text, count) }
    entry.pointee = UInt32(truncatingIfNeeded: count)
    expected = length > 0 ? Int(text[place]) | 256 : 0
    learning = nil
  }

  @inline(__always)
  private func index(_ bytes: UInt64) -> Int {
    // Up to seven bytes as they are, longer ones by their lower bits.
    let kept = shortest < 8 ? bytes &<< UInt64(64 &- 8 &* shortest) : bytes
    return Int(truncatingIfNeeded: ContextHash.mix(kept &+ 1) &>> shift)
  }

  private mutating func look(
    at entry: UInt32, _ text: borrowing TextRing, _ count: Int
  ) {
    // Places lack their upper bits: the distance is right as long as it is within the ring.
    let distance = Int(UInt32(truncatingIfNeeded: count) &- entry)
    guard entry != 0, distance > 0, distance < min(count, text.reach) else { return }
    let candidate = count &- distance
    let most = min(candidate, Self.mostLength, text.reach &- distance)
    var agreed = 0
    while agreed < most,
      text[candidate &- 1 &- agreed] == text[count &- 1 &- agreed]
    {
      agreed &+= 1
    }
    guard agreed >= shortest else { return }
    place = candidate
    length = agreed
  }
}

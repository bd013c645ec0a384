public import BPBCore

/// A hierarchical Pitman–Yor process over contexts of all lengths, learned online: the sequence memoizer.
///
/// The distribution in a context u is the discounted customers of u's restaurant, and what the discounts
/// leave over goes to the distribution of the shorter context σ(u):
///
///     p_u(s) = (1 - b_u) q_u(s) + b_u p_σ(u)(s),   q_u(s) = (c_us - d t_us) / (c_u - d t_u)
///
/// With b_u = d t_u / c_u this is Teh's predictive rule without concentration (2006; Wood, Archambeau,
/// Gasthaus, James and Teh 2009). Here the odds of b_u are that times learned factors, and a learned share r_u
/// of q_u goes to the byte that came last in u: see `LearnedOdds`. A customer opens a table, and sends a
/// customer to σ(u), with probability b_u p_σ(u)(s) / p_u(s). Instead of drawing it, tables and customers are
/// counted by that fraction: the expectation of the one-particle filter of Gasthaus, Wood and Teh (2010).
///
/// Orders 0 to 6 and 8 have restaurants; above them stands the longest match, however long it is.
public struct SequenceMemoizer: DistributionModel, ~Copyable {
  public private(set) var next = ByteDistribution()
  var restaurants: Restaurants
  /// The unbounded end of the tree: a context longer than those that have restaurants is kept as text only,
  /// as a suffix tree's leaf is. The byte that followed where it stood before is the one dish, with one
  /// customer, of a restaurant of that depth.
  var match: LongestMatch
  let backoffs = LearnedOdds()
  let recencies = LearnedOdds()
  var discounts = Discounts()
  /// By level: the restaurants in increasing order, then the longest match.
  let visits: UnsafeMutablePointer<Visit>
  let sums: UnsafeMutablePointer<Float>
  /// The longest match's restaurant has one dish, here.
  let matchDish: UnsafeMutablePointer<UInt32>
  /// The bytes before, the last one lowest.
  var history: UInt64 = 0
  var byteCount = 0
  /// Of the last byte.
  var probability = 1.0
  /// How well the last two bytes were foreseen, two bits each.
  var surprise = 0
  /// The highest level that has something to say about the next byte.
  var deepest = 0
  /// Advances by the golden ratio, so that fractions are rounded up as often as they should be.
  var dither: UInt32 = 0

  /// The orders that have restaurants.
  static let orderCount = 8
  static let levelCount = orderCount + 1

  /// - Parameters:
  ///   - memory: the most bytes that the model may take, apart from about 80 KB.
  ///   - byteCount: raw bytes to come, so that a small input gets small tables.
  /// - Throws: `methodFailed` when there is no memory.
  public init(memory: Int, byteCount: Int) throws(BPBError) {
    let layout = MemoizerLayout(memory: memory, byteCount: byteCount)
    let restaurants = try Restaurants(bytes: layout.slotBytes, arenaBytes: layout.arenaBytes)
    let match = try LongestMatch(
      bytes: layout.textBytes, bytesPerEntry: MemoizerLayout.textBytesPerPlace)
    self.restaurants = restaurants
    self.match = match
    visits = .allocate(capacity: Self.levelCount)
    visits.initialize(repeating: Visit(), count: Self.levelCount)
    sums = .allocate(capacity: 256)
    sums.initialize(repeating: 0, count: 256)
    matchDish = .allocate(capacity: 1)
    matchDish.initialize(to: 0)
  }

  deinit {
    visits.deallocate()
    sums.deallocate()
    matchDish.deallocate()
  }

  public var memoryBytes: Int {
    restaurants.memoryBytes + match.memoryBytes + backoffs.memoryBytes + recencies.memoryBytes
  }

  public mutating func predict() {
    look()
    fillDistribution()
  }

  public mutating func observe(_ byte: UInt8) {
    estimate(byte)
    learnWeights()
    count(byte)
    history = history &<< 8 | UInt64(byte)
    match.advance(past: byte, history: history)
    byteCount &+= 1
  }

  /// Makes `next` of the sums.
  @inline(__always)
  mutating func fillNext(likeliest: Int) {
    let sums = self.sums
    next.fill { frequencies in
      var total: UInt32 = 0
      for i in 0..<256 {
        // Adding 2^23 leaves the rounded number in the significand; in steps of two, since it has 23 bits.
        let rounded = (sums[i] * 8_388_350 + 8_388_608).bitPattern & 0x7F_FFFF
        let frequency = rounded &* 2 &+ 1
        frequencies[i] = frequency
        total &+= frequency
      }
      frequencies[likeliest] &+= ByteDistribution.total &- total
    }
  }
}

/// How a memoizer's memory is divided.
struct MemoizerLayout {
  let textBytes: Int
  let slotBytes: Int
  let arenaBytes: Int
  /// Bytes of text to an entry, of four bytes, of their index.
  static let textBytesPerPlace = 2

  /// A sixteenth for the text, 4 KiB at least, and an eighth for its index, rounded down to powers of two; of the rest seven
  /// parts of ten for restaurants and three for their dishes.
  init(memory: Int, byteCount: Int) {
    let useful = max(min(byteCount, 1 << 40), 1 << 10) * 24 + 1 << 14
    let memory = max(min(memory, useful), 1 << 14)
    let text = 1 << (Int.bitWidth - 1 - (memory / 16).leadingZeroBitCount)
    textBytes = min(max(text, 1 << 12), 1 << 32)
    let rest = memory - textBytes - 4 * (textBytes / Self.textBytesPerPlace)
    slotBytes = rest / 10 * 7
    arenaBytes = rest / 10 * 3
  }
}

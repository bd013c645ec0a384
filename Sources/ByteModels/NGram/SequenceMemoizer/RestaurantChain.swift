import BPBCore

/// A hierarchical Pitman–Yor process over a chain of contexts, each smoothed by the one before it, learned online.
///
/// The distribution in a context u is the discounted customers of u's restaurant, and what the discounts
/// leave over goes to the distribution of the context before it in the chain, σ(u):
///
///     p_u(s) = (1 - b_u) q_u(s) + b_u p_σ(u)(s),   q_u(s) = (c_us - d t_us) / (c_u - d t_u)
///
/// With b_u = d t_u / c_u this is Teh's predictive rule without concentration (2006; Wood, Archambeau,
/// Gasthaus, James and Teh 2009). Here the odds of b_u are that times learned factors, and a learned share r_u
/// of q_u goes to the byte that came last in u: see `LearnedOdds`. A customer opens a table, and sends a
/// customer to σ(u), with probability b_u p_σ(u)(s) / p_u(s). Instead of drawing it, tables and customers are
/// counted by that fraction: the expectation of the one-particle filter of Gasthaus, Wood and Teh (2010).
///
/// Above the last restaurant one customer may stand for a byte that is expected for other reasons, as by a long match.
/// Arithmetic is in IEEE basic operations in fixed order: the same bits on every machine.
struct RestaurantChain: ~Copyable {
  private(set) var next = ByteDistribution()
  var restaurants: Restaurants
  let backoffs = LearnedOdds()
  let recencies = LearnedOdds()
  let discounts: Discounts
  /// Levels with restaurants; the one above them has what else is expected.
  let levels: Int
  /// The hash of each level's context: to be written before `look`, and left until the byte was observed.
  let hashes: UnsafeMutablePointer<UInt64>
  let visits: UnsafeMutablePointer<Visit>
  let sums: UnsafeMutablePointer<Float>
  /// The dish of the level above the restaurants.
  let topDish: UnsafeMutablePointer<UInt32>
  /// Levels whose contexts had begun.
  var known = 0
  /// Of the last byte.
  var probability = 1.0
  /// How well the last two bytes were foreseen, two bits each.
  var surprise = 0
  /// The highest level that has something to say about the next byte.
  var deepest = 0
  /// Advances by the golden ratio, so that fractions are rounded up as often as they should be.
  var dither: UInt32 = 0

  /// The most levels that a chain has, with the one above the restaurants.
  static var mostLevels: Int { LearnedOdds.levels }

  /// - Parameters:
  ///   - levels: with restaurants.
  ///   - bytes: for restaurants.
  ///   - arenaBytes: for the dishes of those that have several.
  /// - Throws: `methodFailed` when there is no memory.
  init(levels: Int, bytes: Int, arenaBytes: Int) throws(BPBError) {
    precondition(levels < Self.mostLevels)
    let restaurants = try Restaurants(bytes: bytes, arenaBytes: arenaBytes)
    self.restaurants = restaurants
    self.levels = levels
    discounts = Discounts(levels: levels + 1)
    hashes = .allocate(capacity: levels)
    hashes.initialize(repeating: 0, count: levels)
    visits = .allocate(capacity: levels + 1)
    visits.initialize(repeating: Visit(), count: levels + 1)
    sums = .allocate(capacity: 256)
    sums.initialize(repeating: 0, count: 256)
    topDish = .allocate(capacity: 1)
    topDish.initialize(to: 0)
  }

  deinit {
    hashes.deallocate()
    visits.deallocate()
    sums.deallocate()
    topDish.deallocate()
  }

  var memoryBytes: Int { restaurants.memoryBytes + backoffs.memoryBytes + recencies.memoryBytes }

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

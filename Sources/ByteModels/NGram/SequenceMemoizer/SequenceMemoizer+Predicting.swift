extension SequenceMemoizer {
  /// The order of each level's contexts.
  @inline(__always)
  static func order(_ level: Int) -> Int { level == 7 ? 8 : level }

  /// Finds what is known about the context, and what each level's weight is.
  @inline(__always)
  mutating func look() {
    findRestaurants()
    findMatch()
    weigh()
  }

  /// The levels below the longest match whose contexts have begun.
  @inline(__always)
  var knownOrders: Int { byteCount < 8 ? min(byteCount &+ 1, 7) : Self.orderCount }

  /// Looks the restaurants of the context up.
  @inline(__always)
  private mutating func findRestaurants() {
    deepest = 0
    // All hashes before any look-up: the look-ups do not wait for each other.
    for level in 0..<knownOrders {
      visits[level].hash = Self.hash(history, order: Self.order(level))
    }
    for level in 0..<knownOrders { find(level) }
  }

  @inline(__always)
  private mutating func find(_ level: Int) {
    guard let slot = restaurants.find(visits[level].hash) else {
      visits[level].slot = nil
      visits[level].count = 0
      return
    }
    let (dishes, count) = restaurants.dishes(of: slot)
    visits[level].slot = slot
    visits[level].dishes = dishes
    visits[level].count = count
    visits[level].sum()
    deepest = level
  }

  /// Opens the longest match's restaurant, if there is a match.
  @inline(__always)
  private mutating func findMatch() {
    let level = Self.orderCount
    guard match.length > 0 else {
      visits[level].count = 0
      return
    }
    matchDish[0] = Dish.make(
      UInt8(truncatingIfNeeded: match.expected), customers: Dish.unit, tables: Dish.unit)
    visits[level].dishes = matchDish
    visits[level].count = 1
    visits[level].sum()
    deepest = level
  }

  /// The hash of the context of `order` bytes, at most 8.
  @inline(__always)
  static func hash(_ text: UInt64, order: Int) -> UInt64 {
    guard order < 8 else { return ContextHash.mix(ContextHash.mix(text) ^ 0x9E37_79B9_7F4A_7C15) }
    return ContextHash.hash(text & ((1 &<< UInt64(8 &* order)) &- 1), order: order)
  }

  /// The odds of the dish served last, before anything is learned.
  private static var startOfRecency: Double { 0.05 }

  /// Decides at each level how much goes to the shorter context, and to the dish that was served last.
  @inline(__always)
  private mutating func weigh() {
    for level in 0..<Self.levelCount where visits[level].count > 0 {
      let visit = visits[level]
      let counts = level == Self.orderCount ? match.lengthClass : visit.countClass
      let views = LearnedOdds.Views(
        level: level, counts: counts, surprise: surprise, text: history)
      let discounted = discounts[level] * visit.tables
      let odds = discounted / (visit.customers - discounted) * backoffs.factor(views)
      visits[level].views = views
      visits[level].backoff = odds / (1 + odds)
      let lastOdds = visit.count > 1 ? Self.startOfRecency * recencies.factor(views) : 0
      visits[level].recency = lastOdds / (1 + lastOdds)
    }
  }

  /// Fills `next`: from the longest context down, each gets its share of what the longer ones leave.
  @inline(__always)
  mutating func fillDistribution() {
    sums.update(repeating: 0, count: 256)
    var left = 1.0
    var likeliest = 0
    var most: Float = 0
    for level in (0..<Self.levelCount).reversed() where visits[level].count > 0 {
      let visit = visits[level]
      let (perCustomer, perTable, last) = visit.weights(
        share: left * (1 - visit.backoff), discount: discounts[level])
      sums[Int(Dish.byte(visit.dishes![0]))] += last
      for i in 0..<visit.count {
        let dish = visit.dishes![i]
        let byte = Int(Dish.byte(dish))
        let sum =
          sums[byte]
          + (perCustomer * Float(Dish.customers(dish)) - perTable * Float(Dish.tables(dish)))
        sums[byte] = sum
        if sum > most { (most, likeliest) = (sum, byte) }
      }
      left *= visit.backoff
    }
    let base = Float(left / 256)
    for i in 0..<256 { sums[i] += base }
    fillNext(likeliest: likeliest)
  }
}

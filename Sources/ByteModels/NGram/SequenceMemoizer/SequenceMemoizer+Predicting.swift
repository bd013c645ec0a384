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

  /// Looks the restaurants of the context up.
  @inline(__always)
  private mutating func findRestaurants() {
    deepest = 0
    for level in 0..<Self.orderCount {
      let order = Self.order(level)
      guard order <= byteCount else {
        visits[level].slot = nil
        visits[level].count = 0
        continue
      }
      visits[level].hash = Self.hash(history, order: order)
    }
    for level in 0..<min(Self.orderCount, byteCount &+ 1) { find(level) }
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
    matchDish[0] = Dish.make(match.byte, customers: Dish.unit, tables: Dish.unit)
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

  /// Decides at each level how much goes to the shorter context.
  @inline(__always)
  private mutating func weigh() {
    for level in 0..<Self.levelCount where visits[level].count > 0 {
      let visit = visits[level]
      let counts =
        level == Self.orderCount ? match.lengthClass &* 8 : visit.countClass
      let views = BackoffGates.Views(
        level: level, counts: counts, surprise: surprise, text: history)
      let discounted = discounts[level] * visit.tables
      let odds = discounted / (visit.customers - discounted) * gates.factor(views)
      visits[level].views = views
      visits[level].backoff = odds / (1 + odds)
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
      let (perCustomer, perTable) = visit.weights(
        share: left * (1 - visit.backoff), discount: discounts[level])
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

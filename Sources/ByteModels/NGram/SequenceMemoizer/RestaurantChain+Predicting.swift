extension RestaurantChain {
  /// What is expected above all restaurants.
  struct Top {
    let byte: UInt8
    /// How far to trust it, below 128.
    let trust: Int
  }

  /// Finds what is known about the contexts whose hashes were written, and what each level's weight is.
  ///
  /// - Parameters:
  ///   - known: levels whose contexts have begun.
  ///   - text: the last eight bytes, the last one lowest.
  @inline(__always)
  mutating func look(known: Int, top: Top?, text: UInt64) {
    self.known = known
    deepest = 0
    for level in 0..<known { find(level) }
    for level in known..<levels { visits[level].count = 0 }
    open(top)
    weigh(top?.trust ?? 0, text)
  }

  @inline(__always)
  private mutating func find(_ level: Int) {
    guard let slot = restaurants.find(hashes[level]) else {
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

  /// Opens the restaurant of what is expected, if something is.
  @inline(__always)
  private mutating func open(_ top: Top?) {
    guard let top else {
      visits[levels].count = 0
      return
    }
    topDish[0] = Dish.make(top.byte, customers: Dish.unit, tables: Dish.unit)
    visits[levels].dishes = topDish
    visits[levels].count = 1
    visits[levels].sum()
    deepest = levels
  }

  /// The odds of the dish served last, before anything is learned.
  private static var startOfRecency: Double { 0.05 }

  /// Decides at each level how much goes to the shorter context, and to the dish that was served last.
  @inline(__always)
  private mutating func weigh(_ trust: Int, _ text: UInt64) {
    for level in 0...levels where visits[level].count > 0 {
      let visit = visits[level]
      let counts = level == levels ? trust : visit.countClass
      let views = LearnedOdds.Views(
        level: level, counts: counts, surprise: surprise, text: text)
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
    for level in (0...levels).reversed() where visits[level].count > 0 {
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

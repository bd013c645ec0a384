extension RestaurantChain {
  /// Learns that `byte` came.
  @inline(__always)
  mutating func observe(_ byte: UInt8) {
    estimate(byte)
    learnWeights()
    count(byte)
  }

  /// What each level says of the byte that came.
  @inline(__always)
  private mutating func estimate(_ byte: UInt8) {
    var probability = 1.0 / 256
    for level in 0...levels {
      visits[level].shorter = probability
      visits[level].counted = 0
      visits[level].dish = -1
      guard visits[level].count > 0 else { continue }
      visits[level].seat(byte)
      let visit = visits[level]
      if visit.dish >= 0 {
        let dish = visit.dishes![visit.dish]
        let discount = discounts[level]
        visits[level].counted =
          (Double(Dish.customers(dish)) - discount * Double(Dish.tables(dish)))
          / (visit.customers - discount * visit.tables)
      }
      let counted = visits[level].counted
      let own = counted + visit.recency * (visit.isLast - counted)
      visits[level].own = own
      probability += (1 - visit.backoff) * (own - probability)
    }
    self.probability = probability
  }

  /// Follows the gradient of ln p, from the longest context down: each level's weight in it is what the
  /// longer ones leave.
  @inline(__always)
  private mutating func learnWeights() {
    var left = 1 / probability
    for level in (0...levels).reversed() where visits[level].count > 0 {
      let visit = visits[level]
      let (backoff, recency) = (visit.backoff, visit.recency)
      backoffs.learn(
        visit.views, gradient: left * backoff * (1 - backoff) * (visit.shorter - visit.own))
      let lastCounts = recency * (1 - recency) * (visit.isLast - visit.counted)
      recencies.learn(visit.views, gradient: left * (1 - backoff) * lastCounts)
      let tables = visit.dish >= 0 ? Double(Dish.tables(visit.dishes![visit.dish])) : 0
      discounts.learn(
        level, gradient: left * (visit.tables * visit.shorter - tables) / visit.customers)
      left *= backoff
    }
    let grade = probability > 0.93 ? 0 : probability > 0.5 ? 1 : probability > 0.0625 ? 2 : 3
    surprise = (surprise &<< 2 | grade) & 15
  }

  /// Seats the byte's customer in the longest context, and what its tables send on in the shorter ones.
  @inline(__always)
  private mutating func count(_ byte: UInt8) {
    var customer = visits[levels].sentOn
    for level in (0..<known).reversed() {
      if customer < 0.001 { break }
      customer *= seat(byte, customer: customer, at: level)
    }
  }

  /// Seats a part of a customer.
  ///
  /// - Returns: the share of it that is sent on to the shorter context.
  @inline(__always)
  private mutating func seat(_ byte: UInt8, customer: Double, at level: Int) -> Double {
    let visit = visits[level]
    let parts = max(rounded(customer * Double(Dish.unit)), 1)
    let newDish = Dish.make(byte, customers: parts, tables: parts)
    // While longer contexts were counted another restaurant may have taken the slot.
    guard let slot = visit.slot, Restaurants.owns(slot, hashes[level]),
      restaurants.dishes(of: slot).count == visit.count
    else {
      restaurants.open(hashes[level], with: newDish)
      return 1
    }
    guard visit.dish >= 0 else {
      restaurants.add(newDish, to: slot)
      return 1
    }
    let sentOn = visit.sentOn
    let place = restaurants.dishes(of: slot).first + visit.dish
    // Two contexts whose hashes agree share a restaurant, and the other one may have moved the dishes.
    guard Dish.byte(place.pointee) == byte else { return 1 }
    let customers = Dish.customers(place.pointee) &+ parts
    let tables = Dish.tables(place.pointee) &+ rounded(customer * sentOn * Double(Dish.unit))
    if customers > Dish.limit {
      restaurants.halve(slot)
    } else {
      place.pointee = Dish.make(byte, customers: customers, tables: min(tables, customers))
    }
    restaurants.serve(visit.dish, of: slot)
    return sentOn
  }

  /// The number rounded down or up, up as often as its fraction says.
  @inline(__always)
  private mutating func rounded(_ value: Double) -> UInt32 {
    dither &+= 0x9E37_79B9
    return UInt32(value + Double(dither) * 0x1p-32)
  }
}

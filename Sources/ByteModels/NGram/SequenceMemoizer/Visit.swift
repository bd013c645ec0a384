/// What the model needs to know of one level's restaurant from the prediction of a byte to its learning.
struct Visit {
  /// Its slot; nil if the context has no restaurant, or is the longest match.
  var slot: UnsafeMutablePointer<UInt32>?
  var dishes: UnsafeMutablePointer<UInt32>?
  /// Dishes; 0: there is no such restaurant.
  var count = 0
  /// Customers and tables, in parts.
  var customers = 0.0
  var tables = 0.0
  /// The share of the shorter context.
  var backoff = 1.0
  /// The share, of what is not passed on, of the dish that was served last.
  var recency = 0.0
  /// What its customers' discounted counts say of the byte that came.
  var counted = 0.0
  /// What the restaurant says of it, recency included, and what the shorter context says.
  var own = 0.0
  var shorter = 0.0
  /// The dish that came; -1: it is new here.
  var dish = -1
  var views = LearnedOdds.Views()

  /// The share of a customer that opens a table, and so goes on to the shorter context; all of it if the
  /// dish is new.
  @inline(__always)
  var sentOn: Double {
    guard dish >= 0 else { return 1 }
    let passed = backoff * shorter
    return passed / ((1 - backoff) * own + passed)
  }

  /// How `share` goes to the dishes: so much to each customer, less so much for each table, and the rest to
  /// the dish that was served last.
  @inline(__always)
  func weights(
    share: Double, discount: Double
  ) -> (perCustomer: Float, perTable: Float, last: Float) {
    let part = share * (1 - recency) / (customers - discount * tables)
    return (Float(part), Float(part * discount), Float(share * recency))
  }

  /// Whether the byte that came is the dish that was served last: 1 or 0.
  @inline(__always)
  var isLast: Double { dish == 0 ? 1 : 0 }

  /// Adds the customers and tables up.
  @inline(__always)
  mutating func sum() {
    var customers: UInt32 = 0
    var tables: UInt32 = 0
    for i in 0..<count {
      customers &+= Dish.customers(dishes![i])
      tables &+= Dish.tables(dishes![i])
    }
    self.customers = Double(customers)
    self.tables = Double(tables)
  }

  /// Class of the numbers of customers, 16 in steps of about the square root of 2, and of dishes, 8.
  @inline(__always)
  var countClass: Int {
    let bits = Int((Float(customers) / Float(Dish.unit) + 1).bitPattern &>> 22) &- 254
    let dishClass =
      count < 4 ? count : count < 7 ? 4 : count < 13 ? 5 : count < 25 ? 6 : 7
    return min(max(bits, 0), 15) &* 8 &+ dishClass
  }

  /// Finds the dish that came.
  @inline(__always)
  mutating func seat(_ byte: UInt8) {
    dish = -1
    for i in 0..<count where Dish.byte(dishes![i]) == byte {
      dish = i
      return
    }
  }
}

/// One symbol in one restaurant, in 32 bits: the byte in the lowest 8, its customers in the next 12 and
/// its tables in the upper 12, both in 64ths.
///
/// "Restaurant", "customer", "table" and "dish" are the field's words for the Chinese restaurant
/// representation of the Pitman–Yor process (Teh 2006): a restaurant is a context, a customer an
/// occurrence, and each table has sent one customer on to the restaurant of the shorter context.
enum Dish {
  /// Parts that a customer is counted in: customers that were sent on are fractions.
  static let unit: UInt32 = 64
  /// The most parts that a count holds; beyond, a restaurant halves its counts.
  static let limit: UInt32 = 4095

  @inline(__always)
  static func make(_ byte: UInt8, customers: UInt32, tables: UInt32) -> UInt32 {
    UInt32(byte) | customers &<< 8 | tables &<< 20
  }

  @inline(__always)
  static func byte(_ dish: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: dish) }

  /// Customers in 64ths.
  @inline(__always)
  static func customers(_ dish: UInt32) -> UInt32 { dish &>> 8 & limit }

  /// Tables in 64ths.
  @inline(__always)
  static func tables(_ dish: UInt32) -> UInt32 { dish &>> 20 }

  /// The dish with half its customers and tables, neither of them none.
  static func halved(_ dish: UInt32) -> UInt32 {
    make(byte(dish), customers: max(customers(dish) / 2, 1), tables: max(tables(dish) / 2, 1))
  }
}

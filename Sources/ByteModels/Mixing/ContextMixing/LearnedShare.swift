/// A share of ones that is learned: 22 bits of it, and 10 of how often it was met.
///
/// It moves by 1/(n + 3/2) of the way: (n₁ + 1/4)/(n + 1/2) at first, and ever slower down to a limit.
enum LearnedShare {
  /// 65536/(n + 3/2).
  nonisolated(unsafe) static let rates: UnsafeMutablePointer<Int32> = {
    let table = UnsafeMutablePointer<Int32>.allocate(capacity: 1024)
    for n in 0..<1024 { table[n] = Int32(65536 / (Double(n) + 1.5)) }
    return table
  }()

  /// A share of 2^22 that was never met.
  static func fresh(_ share: Double) -> UInt32 {
    UInt32(min(max(share, 1), 4_194_302)) &<< 10
  }

  /// Of 4096.
  @inline(__always)
  static func of4096(_ word: UInt32) -> Int { Int(word &>> 20) }

  @inline(__always)
  static func learn(
    _ word: UnsafeMutablePointer<UInt32>, _ bit: UInt32, limit: UInt32,
    _ rates: UnsafeMutablePointer<Int32>
  ) {
    let value = word.pointee
    let visits = value & 1023
    let share = Int64(value &>> 10)
    let target = Int64(bit) &* 4_194_303
    let moved = share &+ ((target &- share) &* Int64(rates[Int(visits)])) &>> 16
    word.pointee =
      UInt32(truncatingIfNeeded: moved) &<< 10 | (visits < limit ? visits &+ 1 : visits)
  }
}

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

  /// What will be learned of expectations at each of several places, at first as if they were right: [places][steps].
  static func curve(places: Int, steps: Int) -> UnsafeMutablePointer<UInt32> {
    let curve = UnsafeMutablePointer<UInt32>.allocate(capacity: places * steps)
    for index in 0..<places * steps {
      let middle = (index % steps * 2 + 1 - steps) * stepWidth / 2
      let share = MixLogistic.tables.squash(middle)
      (curve + index).initialize(to: fresh(Double(share) * 64))
    }
    return curve
  }

  /// The step of an expectation, in steps of 1/256 of the logistic domain.
  @inline(__always)
  static func step(of expectation: Int, among steps: Int) -> Int {
    min(max((expectation &+ stepWidth / 2 &* steps) / stepWidth, 0), steps &- 1)
  }

  private static var stepWidth: Int { 72 }
}

/// A probability that is learned where it stands, in 16 bits: 12 of probability and 4 of how often it was
/// met, with one half in place of zero so that fresh memory needs no filling.
///
/// It moves by 1/(n + 3/2) of the way: (n₁ + 1/4)/(n + 1/2) at first, and a mean over
/// the last 16 decisions or so later.
struct AdaptiveProbability {
  /// 65536/(n + 3/2) for n = 0...15.
  private static let rates: InlineArray<16, Int32> = [
    43690, 26214, 18724, 14563, 11915, 10082, 8738, 7710, 6898, 6241, 5698, 5242, 4854, 4519, 4228,
    3971,
  ]

  /// What `word` says, in parts of 4096.
  @inline(__always)
  static func share(_ word: UInt16) -> Int { Int((word ^ 0x8000) &>> 4) }

  /// `word` after a decision.
  @inline(__always)
  static func moved(_ word: UInt16, by bit: UInt32, _ rates: UnsafePointer<Int32>) -> UInt16 {
    let plain = word ^ 0x8000
    let visits = Int(plain & 15)
    let share = Int32(plain &>> 4)
    let target: Int32 = bit != 0 ? 4095 : 0
    let next = share &+ ((target &- share) &* rates[visits]) &>> 16
    let count = UInt16(truncatingIfNeeded: min(visits &+ 1, 15))
    return (UInt16(truncatingIfNeeded: next) &<< 4 | count) ^ 0x8000
  }

  /// A table of the rates, which its owner gives back.
  static func makeRates() -> UnsafeMutablePointer<Int32> {
    let table = UnsafeMutablePointer<Int32>.allocate(capacity: 16)
    for i in 0..<16 { table[i] = rates[i] }
    return table
  }
}

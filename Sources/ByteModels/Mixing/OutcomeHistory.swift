/// The last outcomes of a decision in 8 bits: a one, then up to seven outcomes, the last one lowest. 0 is
/// the history of nothing.
enum OutcomeHistory {
  @inline(__always)
  static func appending(_ bit: UInt32, to history: UInt32) -> UInt32 {
    let longer = max(history, 1) &<< 1 | bit
    return longer < 256 ? longer : longer & 0x7F | 0x80
  }

  /// What a history says before anything is learned of such histories: the share of ones, of 65536.
  static func firstShare(of history: Int) -> UInt32 {
    let length = max(UInt32.bitWidth - UInt32(history).leadingZeroBitCount - 1, 0)
    let ones = max(history.nonzeroBitCount - 1, 0)
    return UInt32(65536 * (10 * ones + 4) / (10 * length + 8))
  }
}

public import BPBCore

extension RangeDecoder {
  /// Checks that what was decoded used up the input.
  ///
  /// - Parameters:
  ///   - what: the input, as errors name it.
  ///   - isWhole: whether all was decoded that there should be.
  /// - Throws: `badData` when the input ends early or goes on.
  public func checkEnd(of what: String, isWhole: Bool) throws(BPBError) {
    try Snapshots.check(unusedBytes: isWhole ? unusedBytes : -1, of: what)
  }
}

/// The byte that followed a context last, and how often it came in a row.
///
/// Kept in two bytes of the slot of the byte's first nibble. A slot that another context has taken over meanwhile keeps its
/// new owner's run from then on.
enum RunEvidence {
  /// Of what all slots of a context's kind learn together: by the length of the run, the bit it expects and the bit's place.
  static let sharedWords = 512

  private static let mostLength: UInt8 = 31

  static func prepare(_ shared: UnsafeMutablePointer<UInt32>) {
    for index in 0..<sharedWords {
      shared[index] = LearnedShare.fresh(index & 8 == 0 ? 1_048_576 : 3_145_728)
    }
  }

  /// What the run says of the next bit: a place in `shared`, or -1 if it has no byte that began so.
  @inline(__always)
  static func index(_ run: UnsafeMutablePointer<UInt8>, _ bits: Int, _ shift: Int) -> Int {
    let (expected, length) = (Int(run[0]) | 256, Int(run[1]))
    guard length != 0, expected &>> (shift &+ 1) == bits else { return -1 }
    return (length &<< 1 | expected &>> shift & 1) &<< 3 | shift
  }

  @inline(__always)
  static func advance(_ run: UnsafeMutablePointer<UInt8>, past byte: UInt8) {
    if run[0] == byte, run[1] != 0 {
      run[1] = min(run[1] &+ 1, mostLength)
    } else {
      run[0] = byte
      run[1] = 1
    }
  }
}

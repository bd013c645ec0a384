/// What came of candidates like this one before: by what the tree held likely, and by what a long
/// repetition expects. Probabilities of 65536 that move by 1/64 of the way.
struct PPMOutcomes: ~Copyable {
  /// By kind, share, number of competitors and depth.
  private let candidates: UnsafeMutablePointer<UInt16>
  /// By class of the match's length, and whether the candidate is the expected byte.
  private let matches: UnsafeMutablePointer<UInt16>
  /// The logistic class, 0...15, of a probability of 256.
  private let shareClasses: UnsafeMutablePointer<UInt8>
  private static let count = 6 * 16 * 8 * 16

  /// What is held true before anything was seen: the share that the tree names, and that matches are
  /// right the more the longer they are.
  init() {
    candidates = .allocate(capacity: Self.count)
    matches = .allocate(capacity: 64)
    shareClasses = .allocate(capacity: 256)
    let tables = Logistic.tables
    for share in 0..<256 {
      shareClasses[share] = UInt8(min(max(tables.stretch[16 * share + 8] * 1.5 + 8, 0), 15))
    }
    for index in 0..<Self.count {
      let middle = Float(index / 128 % 16) - 7.5
      candidates[index] = tables.squash[Logistic.step(of: middle / 1.5)]
    }
    for length in 0..<32 {
      matches[2 * length] = 3000
      matches[2 * length + 1] = UInt16(65535 * (length + 1) / (length + 3))
    }
  }

  deinit {
    candidates.deallocate()
    matches.deallocate()
    shareClasses.deallocate()
  }

  var memoryBytes: Int { 2 * Self.count }

  /// Where candidates like this one are counted.
  @inline(__always)
  func place(of candidate: PPMCandidate) -> UnsafeMutablePointer<UInt16> {
    let share = Int(shareClasses[candidate.probability &>> 8])
    return candidates
      + (((candidate.kind.rawValue &* 16 &+ share) &* 8 &+ candidate.competitors) &* 16
        &+ candidate.depth)
  }

  /// Where candidates beside a match are counted.
  @inline(__always)
  func place(matchClass: Int, isExpected: Bool) -> UnsafeMutablePointer<UInt16> {
    matches + (2 &* matchClass &+ (isExpected ? 1 : 0))
  }

  /// The probability at `place` after a decision.
  @inline(__always)
  static func moved(_ probability: UInt16, by bit: UInt32) -> UInt16 {
    let target = bit != 0 ? 65535 : 0
    return UInt16(
      truncatingIfNeeded: Int(probability) &+ (target &- Int(probability)) &>> 6)
  }
}

/// What a mix makes of a distribution of the next byte: how likely a one is by it, as it is, and by what came of such
/// expectations.
struct DistributionEvidence: ~Copyable {
  /// Numbers of evidence about a decision.
  static let inputs = 2
  /// Steps in which expectations are told apart.
  static let steps = 64
  static let memoryBytes = 512 * 4 + 8 * steps * 4

  /// Frequencies of all bytes that begin with the bits so far, as a heap; of the bytes themselves from 256 on.
  private let sums: UnsafeMutablePointer<UInt32>
  /// By the bit's place and the expectation: [8][steps].
  private let learned: UnsafeMutablePointer<UInt32>
  /// Which of them is in use.
  private(set) var place = 0

  init() {
    sums = .allocate(capacity: 512)
    sums.initialize(repeating: 1, count: 512)
    learned = LearnedShare.curve(places: 8, steps: Self.steps)
  }

  deinit {
    sums.deallocate()
    learned.deallocate()
  }

  /// Where the frequencies of the next byte are written: each at least 1, their sum at most 2^24.
  var frequencies: UnsafeMutablePointer<UInt32> { sums + 256 }

  /// Adds them up.
  @inline(__always)
  func add() {
    for node in stride(from: 255, through: 1, by: -1) {
      sums[node] = sums[2 &* node] &+ sums[2 &* node &+ 1]
    }
  }

  @inline(__always)
  mutating func predict(
    _ bits: Int, _ shift: Int, _ stretch: UnsafeMutablePointer<Int16>,
    into x: UnsafeMutablePointer<Int16>
  ) {
    let share = Int(UInt64(sums[2 &* bits &+ 1]) &<< 12 / UInt64(sums[bits]))
    let expected = stretch[min(share, 4095)]
    place = shift &* Self.steps &+ LearnedShare.step(of: Int(expected), among: Self.steps)
    x[0] = expected
    x[1] = stretch[LearnedShare.of4096(learned[place])]
  }

  @inline(__always)
  func learn(_ bit: UInt32, _ rates: UnsafeMutablePointer<Int32>) {
    LearnedShare.learn(learned + place, bit, limit: 1023, rates)
  }
}

/// What a mix makes of a guest's distribution: how likely the guest finds a one, as it is, and by what came of such
/// expectations.
final class GuestEvidence {
  /// Numbers of evidence about a decision.
  static let inputs = 2
  /// Steps in which expectations are told apart.
  static let steps = 64

  private let guest: any MixGuest
  /// Frequencies of all bytes that begin with the bits so far, as a heap; of the bytes themselves from 256 on.
  private let sums: UnsafeMutablePointer<UInt32>
  /// By the bit's place and the expectation: [8][steps].
  private let learned: UnsafeMutablePointer<UInt32>
  /// Which of them is in use.
  private(set) var place = 0

  init(_ guest: any MixGuest) {
    self.guest = guest
    sums = .allocate(capacity: 512)
    sums.initialize(repeating: 0, count: 512)
    learned = LearnedShare.curve(places: 8, steps: Self.steps)
    expect()
  }

  deinit {
    sums.deallocate()
    learned.deallocate()
  }

  var memoryBytes: Int { guest.memoryBytes + 512 * 4 + 8 * Self.steps * 4 }

  @inline(__always)
  func predict(
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

  func advance(past byte: UInt8) {
    guest.advance(past: byte)
    expect()
  }

  private func expect() {
    guest.expect(sums + 256)
    for node in stride(from: 255, through: 1, by: -1) {
      sums[node] = sums[2 * node] &+ sums[2 * node + 1]
    }
  }
}

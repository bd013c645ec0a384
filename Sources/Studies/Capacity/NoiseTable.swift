import BPBCore
import ByteModels

/// An n-gram table of random sequences: what counts keep of noise, in real bytes.
struct NoiseTable {
  let sequences: RandomSequences
  /// Bits of the table's snapshot.
  let bits: Int
  /// Bits that the sequences take less under the table.
  let memorised: Double

  static let method = "kn:6"

  /// The table of the most sequences whose snapshot takes at most `room` bits.
  static func largest(
    within room: Int, seed: UInt64, _ pause: () throws(BPBError) -> Void
  ) throws(BPBError) -> NoiseTable {
    var (fits, exceeds) = (1, max(2, room / 8 / RandomSequences.length))
    while exceeds - fits > 1 {
      try pause()
      let count = (fits + exceeds) / 2
      if try NoiseTable(count: count, seed: seed).bits <= room {
        fits = count
      } else {
        exceeds = count
      }
    }
    return try NoiseTable(count: fits, seed: seed)
  }

  private init(count: Int, seed: UInt64) throws(BPBError) {
    sequences = RandomSequences(count: count, seed: seed)
    let text = sequences.text
    let learning = try StudyMethods.learning(Self.method)
    let learner = try learning.makeLearner(byteCount: text.count)
    learner.learn(text.span)
    let snapshot = try learner.snapshot()
    bits = 8 * snapshot.count
    let model = try learning.restore(snapshot.span)
    memorised = max(0, sequences.bits - Double(8 * model.encode(text.span).count))
  }
}

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
    within room: Int, seed: UInt64, on bench: StudyBench
  ) throws(BPBError) -> NoiseTable {
    var (fits, exceeds) = (1, max(2, room / 8 / RandomSequences.length))
    while exceeds - fits > 1 {
      try bench.pause()
      let count = (fits + exceeds) / 2
      if try NoiseTable(count: count, seed: seed, bench).bits <= room {
        fits = count
      } else {
        exceeds = count
      }
    }
    return try NoiseTable(count: fits, seed: seed, bench)
  }

  private init(count: Int, seed: UInt64, _ bench: StudyBench) throws(BPBError) {
    sequences = RandomSequences(count: count, seed: seed)
    let text = sequences.text
    let (bytes, model) = try bench.model(StudyMethods.learning(Self.method), learning: text)
    bits = 8 * bytes.count
    memorised = max(0, sequences.bits - Double(8 * model.encode(text.span).count))
  }
}

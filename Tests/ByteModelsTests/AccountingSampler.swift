import BPBCore
import ByteModels
import _TestSupport

/// A sampler at temperature 1 that keeps account: what its draws cost, and what they should cost on average. Of draws by
/// points it knows the cost alone.
struct AccountingSampler: SymbolCoder, ~Copyable {
  private var sampler: Sampler
  /// Sum of -log2 p of what was drawn.
  private(set) var bits = 0.0
  /// Sum of the entropies of the distributions drawn from.
  private(set) var entropy = 0.0
  /// Sum of the variances of -log2 p under them.
  private(set) var variance = 0.0

  init(seed: UInt64) { sampler = Sampler(Sampling(seed: seed)) }

  private mutating func account(_ drawn: Int, among frequencies: [UInt32]) {
    let total = frequencies.reduce(0) { $0 + Double($1) }
    var (mean, square) = (0.0, 0.0)
    for (index, frequency) in frequencies.enumerated() where frequency > 0 {
      let p = Double(frequency) / total
      let cost = -log2Reference(p)
      mean += p * cost
      square += p * cost * cost
      if index == drawn { bits += cost }
    }
    entropy += mean
    variance += square - mean * mean
  }

  mutating func code(bit: UInt32, probability: UInt32) -> UInt32 {
    let drawn = sampler.code(bit: bit, probability: probability)
    account(Int(drawn), among: [65536 - probability, probability])
    return drawn
  }

  mutating func code(byte: UInt8, under next: borrowing ByteDistribution) -> UInt8 {
    let drawn = sampler.code(byte: byte, under: next)
    account(Int(drawn), among: (0...255).map { next[$0] })
    return drawn
  }

  mutating func code(index: Int, among frequencies: Span<UInt32>, total: UInt32) -> Int {
    let drawn = sampler.code(index: index, among: frequencies, total: total)
    account(drawn, among: frequencies.indices.map { frequencies[$0] })
    return drawn
  }

  static var decodes: Bool { true }

  mutating func target(total: UInt32) -> UInt32 { sampler.target(total: total) }

  mutating func narrow(below: UInt32, frequency: UInt32, total: UInt32) {
    bits -= log2Reference(Double(frequency) / Double(total))
  }
}

import BPBCore
import ByteModels

/// Laplace's rule that goes on counting when frozen.
struct RestlessModel: DistributionModel, FreezableModel, ~Copyable {
  var next = ByteDistribution()
  fileprivate var counts = [UInt32](repeating: 1, count: 256)
  var memoryBytes: Int { 2048 }
  static var precision: String { "256 counts of 16 bits" }

  mutating func predict() {
    let weights = counts
    next.fill(proportionalTo: weights.span)
  }
  mutating func observe(_ byte: UInt8) { counts[Int(byte)] += 1 }
  mutating func advance(past byte: UInt8) { observe(byte) }
  mutating func forgetContext() {}

  borrowing func frozen<C: SymbolCoder & ~Copyable>(
    through coder: inout C
  ) throws(BPBError) -> Self {
    var copy = RestlessModel()
    copy.counts = passCounts(counts, through: &coder)
    return copy
  }
}

/// Predicts the byte before, also if that was in another stream.
struct StickyModel: DistributionModel, FreezableModel, ~Copyable {
  var next = ByteDistribution()
  private var last: UInt8 = 0
  var memoryBytes: Int { 1024 }
  static var precision: String { "nothing" }

  mutating func predict() {
    let last = Int(last)
    next.fill { frequencies in
      frequencies.update(repeating: 1 << 15)
      frequencies[last] = ByteDistribution.total - 255 << 15
    }
  }
  mutating func observe(_ byte: UInt8) { last = byte }
  mutating func advance(past byte: UInt8) { last = byte }
  mutating func forgetContext() {}

  borrowing func frozen<C: SymbolCoder & ~Copyable>(
    through coder: inout C
  ) throws(BPBError) -> Self {
    StickyModel()
  }
}

/// Writes its counts in one bit and keeps them in sixteen.
struct RoundingModel: DistributionModel, FreezableModel, ~Copyable {
  var next = ByteDistribution()
  private var counts = [UInt32](repeating: 1, count: 256)
  var memoryBytes: Int { 2048 }
  static var precision: String { "a bit" }

  mutating func predict() {
    let weights = counts
    next.fill(proportionalTo: weights.span)
  }
  mutating func observe(_ byte: UInt8) { counts[Int(byte)] += 1 }
  mutating func advance(past byte: UInt8) {}
  mutating func forgetContext() {}

  borrowing func frozen<C: SymbolCoder & ~Copyable>(
    through coder: inout C
  ) throws(BPBError) -> Self {
    var copy = RoundingModel()
    for byte in 0..<256 {
      let bit = coder.code(bit: counts[byte] > 1 ? 1 : 0, probability: 32768)
      copy.counts[byte] = bit == 1 ? max(counts[byte], 1) : 1
    }
    return copy
  }
}

private func passCounts<C: SymbolCoder & ~Copyable>(
  _ counts: [UInt32], through coder: inout C
) -> [UInt32] {
  counts.map { count in
    var coded: UInt32 = 0
    for shift in UInt32(0)..<16 {
      coded |= coder.code(bit: count >> shift & 1, probability: 32768) << shift
    }
    return max(coded, 1)
  }
}

import ByteModels

/// Looks at the byte before predicting it. Encodes to almost nothing and cannot be decoded.
struct PeekingModel: ByteModel, ~Copyable {
  var memoryBytes: Int { 1 }

  mutating func code<C: SymbolCoder & ~Copyable>(_ byte: UInt8, with coder: inout C) -> UInt8 {
    var coded: UInt32 = 0
    for shift in (0..<8).reversed() {
      let bit = UInt32(byte >> UInt8(shift)) & 1
      coded = coded << 1 | coder.code(bit: bit, probability: bit == 1 ? 65535 : 1)
    }
    return UInt8(coded)
  }
}

/// Gives every byte twice its share.
struct UnnormalisedModel: DistributionModel, ~Copyable {
  var next = ByteDistribution()
  var memoryBytes: Int { 1 }

  mutating func predict() {
    next.fill { frequencies in
      for i in frequencies.indices { frequencies[i] = ByteDistribution.total / 128 }
    }
  }
  mutating func observe(_ byte: UInt8) {}
}

/// Leaves a byte without probability.
struct ZeroModel: DistributionModel, ~Copyable {
  var next = ByteDistribution()
  var memoryBytes: Int { 1 }

  mutating func predict() {
    next.fill { frequencies in
      frequencies[7] = 0
      frequencies[8] = ByteDistribution.total / 128
    }
  }
  mutating func observe(_ byte: UInt8) {}
}

/// Learns from the byte it was given to code, not from the one that was coded.
struct DivergingModel: ByteModel, ~Copyable {
  private var probability: UInt32 = 32768
  var memoryBytes: Int { 1 }

  mutating func code<C: SymbolCoder & ~Copyable>(_ byte: UInt8, with coder: inout C) -> UInt8 {
    var coded: UInt32 = 0
    for shift in (0..<8).reversed() {
      let bit = UInt32(byte >> UInt8(shift)) & 1
      coded = coded << 1 | coder.code(bit: bit, probability: probability)
      probability = bit == 1 ? 40000 : 20000
    }
    return UInt8(coded)
  }
}

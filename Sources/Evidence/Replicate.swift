/// What one block (4 KiB of text, a document) cost.
public struct BlockCost: Sendable, Equatable, Codable {
  /// The code length in bits; a difference of two lengths may be negative.
  public var bits: Double
  /// The raw bytes that were coded.
  public var bytes: Double

  /// A block of `bytes` bytes that cost `bits` bits.
  public init(bits: Double, bytes: Double) {
    self.bits = bits
    self.bytes = bytes
  }
}

/// One run of a measurement (a seed, a window of training data): what it paid for each block.
public struct Replicate: Sendable, Equatable, Codable {
  public var blocks: [BlockCost]

  /// A run that paid for `blocks`, in this order.
  public init(blocks: [BlockCost]) { self.blocks = blocks }

  /// The bits of all blocks.
  public var bits: Double { blocks.reduce(0) { $0 + $1.bits } }

  /// The bytes of all blocks.
  public var bytes: Double { blocks.reduce(0) { $0 + $1.bytes } }

  /// This run's bits less those of `other` on the same blocks; nil if the blocks' bytes differ.
  ///
  /// What all methods find hard cancels: the difference varies less than either run.
  public func minus(_ other: Replicate) -> Replicate? {
    guard blocks.map(\.bytes) == other.blocks.map(\.bytes) else { return nil }
    return Replicate(
      blocks: zip(blocks, other.blocks).map {
        BlockCost(bits: $0.bits - $1.bits, bytes: $0.bytes)
      })
  }

  /// The same costs in at most `count` blocks: neighbours are put together, as evenly as can be.
  public func joined(toAtMost count: Int) -> Replicate {
    guard blocks.count > count, count > 0 else { return self }
    let groups = (0..<count).map { group in
      let members = blocks[group * blocks.count / count..<(group + 1) * blocks.count / count]
      return BlockCost(
        bits: members.reduce(0) { $0 + $1.bits }, bytes: members.reduce(0) { $0 + $1.bytes })
    }
    return Replicate(blocks: groups)
  }
}

extension Collection<Replicate> {
  /// Total bits over total bytes: never a mean of ratios, since blocks differ in size.
  public var bitsPerByte: Double {
    reduce(0) { $0 + $1.bits } / reduce(0) { $0 + $1.bytes }
  }
}

/// How the blocks of several replicates belong together.
public enum BlockDesign: String, Sendable, Equatable, Codable {
  /// Every replicate was measured on blocks of its own.
  case own
  /// Block i is the same text in every replicate: what makes it hard is drawn for all of them at once.
  case shared
}

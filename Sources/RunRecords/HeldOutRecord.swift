/// What a frozen model paid for one file that it reads as a stream of its own; the part of a cell record of
/// kind `heldout` that no other kind has.
public struct HeldOutRecord: Codable, Sendable, Equatable {
  /// The bytes at some places in the file.
  public struct Position: Codable, Sendable, Equatable {
    /// Offset of the first place from the file's start; the next entry's is the first beyond.
    public var start: Int
    public var bytes: Int
    /// Ideal length of these bytes.
    public var bits: Double

    /// Creates an entry.
    public init(start: Int, bytes: Int, bits: Double) {
      self.start = start
      self.bytes = bytes
      self.bits = bits
    }
  }

  /// Bytes of a block; the last may be shorter.
  public var blockSize: Int
  /// Ideal length in bits of each block.
  public var blockBits: [Double]
  /// Where in the file the bits were paid, from its start on.
  public var positions: [Position]
  /// Likeliest byte against true byte, at every place; nil if that was not asked.
  public var topOne: FrozenRecord.Share?
  /// Whether a file of this SHA-256 was among those that the model learned from; nil if it does not say.
  public var isTrainedOn: Bool?
  /// Of a sample of the file's windows, those that stand word for word in what the model learned from;
  /// nil if it does not say.
  public var sharedWindows: FrozenRecord.Share?

  /// Creates a record; see the properties.
  public init(
    blockSize: Int, blockBits: [Double], positions: [Position], topOne: FrozenRecord.Share? = nil,
    isTrainedOn: Bool? = nil, sharedWindows: FrozenRecord.Share? = nil
  ) {
    self.blockSize = blockSize
    self.blockBits = blockBits
    self.positions = positions
    self.topOne = topOne
    self.isTrainedOn = isTrainedOn
    self.sharedWindows = sharedWindows
  }

  /// Ideal length of the file.
  public var bits: Double { blockBits.reduce(0, +) }

  /// Whether this can be of a file of `bytes` bytes: records may come from anywhere.
  func isConsistent(bytes: Int) -> Bool {
    let shares = [topOne, sharedWindows].compactMap(\.self)
    return blockSize > 0 && blockBits.count == bytes / blockSize + (bytes % blockSize > 0 ? 1 : 0)
      && (blockBits + positions.map(\.bits)).allSatisfy { $0 >= 0 && $0.isFinite }
      && positions.allSatisfy { $0.start >= 0 && (0...bytes).contains($0.bytes) }
      && shares.allSatisfy { $0.of >= 0 && (0...$0.of).contains($0.right) }
  }

  enum CodingKeys: String, CodingKey {
    case blockSize = "block_size"
    case blockBits = "block_bits"
    case positions
    case topOne = "top_one"
    case isTrainedOn = "trained_on"
    case sharedWindows = "shared_windows"
  }
}

import BPBCore
public import Evidence
public import RunRecords

/// What frozen models are said to do with a text that they did not see: one method's cells of kind `heldout`
/// together.
public struct HeldOutFigures: Sendable, Equatable {
  /// A file that is not held out at all, for one of two reasons.
  public struct Leak: Sendable, Equatable {
    public let path: String
    /// Whether it was itself among the training data.
    public let isTrainedOn: Bool
    /// The share of it, in windows, that stands in the training data; nil if that is not known.
    public let sharedWindows: Double?
  }

  /// Ideal length of all files.
  public let bits: Double
  /// Bits per byte with a 95 % interval by the bootstrap over blocks; nil for fewer than two blocks.
  public let interval: Interval?
  /// Over all files, from the files' starts on.
  public let positions: [HeldOutRecord.Position]
  /// Nil if it was not asked of every file.
  public let topOne: FrozenRecord.Share?
  /// Files of which more than 1 % stands in the training data.
  public let leaks: [Leak]
  /// Whether any file's model could not say what it had learned from.
  public let isUntraced: Bool
  /// What every block cost.
  let replicate: Replicate

  /// More than this share of a file's windows in the training data, and it is not held out.
  private static let mostShared = 0.01
  /// Blocks that the bootstrap draws from at most; neighbours are joined.
  private static let mostBlocks = 1000

  /// Nil unless every one of `cells` has figures of the kind.
  init?(_ cells: [CellRecord]) {
    let parts = cells.compactMap(\.heldOut)
    guard !parts.isEmpty, parts.count == cells.count else { return nil }
    let replicate = Replicate(blocks: zip(cells, parts).flatMap(Self.blocks))
    self.replicate = replicate
    bits = parts.reduce(0) { $0 + $1.bits }
    interval = Self.interval(of: replicate)
    positions = Self.sum(parts.map(\.positions))
    let guesses = parts.compactMap(\.topOne)
    topOne =
      guesses.count < parts.count
      ? nil
      : guesses.reduce(into: .init(right: 0, of: 0)) { sum, share in
        sum.right += share.right
        sum.of += share.of
      }
    leaks = cells.compactMap(Self.leak)
    isUntraced = parts.contains { $0.isTrainedOn == nil }
  }

  private static func blocks(_ cell: CellRecord, _ part: HeldOutRecord) -> [BlockCost] {
    part.blockBits.enumerated().map { index, bits in
      let bytes = min(part.blockSize, cell.bytes - index * part.blockSize)
      return BlockCost(bits: bits, bytes: Double(bytes))
    }
  }

  /// Equal data give an equal interval: the seed is part of the figure.
  private static func interval(of replicate: Replicate) -> Interval? {
    var generator = SeededGenerator(seed: 1)
    return Bootstrap().distribution(
      of: [replicate.joined(toAtMost: mostBlocks)], blocks: .own, using: &generator)?.interval()
  }

  /// Bits per byte less those of `other` on the same blocks, with the interval of the paired difference; nil
  /// if they are not of the same files.
  func difference(from other: HeldOutFigures) -> Estimate? {
    var generator = SeededGenerator(seed: 1)
    return Bootstrap().distribution(
      ofDifference: [replicate.joined(toAtMost: Self.mostBlocks)],
      minus: [other.replicate.joined(toAtMost: Self.mostBlocks)], blocks: .own, using: &generator
    )?.estimate()
  }

  private static func sum(
    _ files: [[HeldOutRecord.Position]]
  ) -> [HeldOutRecord.Position] {
    files.joined().reduce(into: []) { sums, position in
      if let index = sums.firstIndex(where: { $0.start == position.start }) {
        sums[index].bytes += position.bytes
        sums[index].bits += position.bits
      } else {
        sums.append(position)
      }
    }.sorted { $0.start < $1.start }
  }

  private static func leak(_ cell: CellRecord) -> Leak? {
    guard let part = cell.heldOut else { return nil }
    let shared = part.sharedWindows?.fraction
    let isTrainedOn = part.isTrainedOn ?? false
    guard isTrainedOn || shared ?? 0 > mostShared else { return nil }
    return Leak(
      path: SafeText.printable(cell.path ?? "the corpus"), isTrainedOn: isTrainedOn,
      sharedWindows: shared)
  }
}

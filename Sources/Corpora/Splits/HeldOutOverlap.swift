/// How much of a held-out part stands in the training part word for word: what a model may have learned by
/// heart.
///
/// Sets that are in use overlap by several per cent: K. Lee et al., "Deduplicating training data makes
/// language models better" (2022), who count windows of 50 tokens.
public struct HeldOutOverlap: Sendable, Equatable {
  /// Bytes in a window.
  public let windowSize: Int
  /// Bytes in a block of `sharedBlocks`.
  public let blockSize: Int
  /// Windows in the held-out part, at every place, none across the border of two segments.
  public let windowCount: Int
  /// Those that occur anywhere in the training part.
  public let sharedWindowCount: Int
  /// Bytes of the held-out part.
  public let byteCount: Int
  /// Those that stand in a shared window.
  public let sharedByteCount: Int
  /// For each block of the held-out part, counted from its beginning, whether any byte of it stands in a
  /// shared window. The last block may be shorter.
  public let sharedBlocks: [Bool]

  package init(
    windowSize: Int, blockSize: Int, windowCount: Int, sharedWindowCount: Int, byteCount: Int,
    sharedByteCount: Int, sharedBlocks: [Bool]
  ) {
    self.windowSize = windowSize
    self.blockSize = blockSize
    self.windowCount = windowCount
    self.sharedWindowCount = sharedWindowCount
    self.byteCount = byteCount
    self.sharedByteCount = sharedByteCount
    self.sharedBlocks = sharedBlocks
  }

  /// Shared windows over all; nil if no segment is as long as a window.
  public var windowShare: Double? {
    windowCount > 0 ? Double(sharedWindowCount) / Double(windowCount) : nil
  }

  /// Shared bytes over all; nil if there are none.
  public var byteShare: Double? {
    byteCount > 0 ? Double(sharedByteCount) / Double(byteCount) : nil
  }

  /// The blocks without a shared byte, by number: results on these alone owe nothing to overlap.
  public var cleanBlocks: [Int] { sharedBlocks.indices.filter { !sharedBlocks[$0] } }
}

extension HeldOutOverlap {
  /// The share of the windows of `heldOut`, at every place, that stand anywhere in `training`; 0 if it is shorter than one.
  ///
  /// Exact, and in time proportional to both texts.
  ///
  /// - Parameter windowSize: 1 or more.
  public static func share(
    of heldOut: [UInt8], foundIn training: [UInt8], windowSize: Int = 50
  ) -> Double {
    precondition(windowSize > 0, "windows hold at least a byte")
    guard heldOut.count >= windowSize else { return 0 }
    let stream = heldOut + training
    var table = WindowTable(of: stream, in: [0..<heldOut.count], size: windowSize)
    table.search(heldOut.count..<stream.count)
    return Double(table.sharedWindows.count) / Double(table.windowCount)
  }
}

extension CorpusArrangement {
  /// Looks for the held-out part's windows in the training part; nil if nothing is held out.
  ///
  /// Exact: what a hash finds is compared. Takes time in proportion to the stream, and about 40 bytes of
  /// memory for a held-out one.
  ///
  /// - Parameters:
  ///   - windowSize: 1 or more.
  ///   - blockSize: of the blocks that results are given by.
  public func overlap(windowSize: Int = 50, blockSize: Int = 4096) -> HeldOutOverlap? {
    precondition(windowSize > 0 && blockSize > 0, "windows and blocks hold at least a byte")
    guard let heldOut else { return nil }
    let pieces = segments.filter { $0.part == .heldOut }.map(\.streamRange)
    var table = WindowTable(of: stream, in: pieces, size: windowSize)
    table.search(training)
    let shared = table.sharedWindows
    var sharedBytes = [Bool](repeating: false, count: heldOut.count)
    for start in shared {
      // Windows come in ascending order: what the one before has marked is marked already.
      var offset = start + windowSize - heldOut.lowerBound
      while offset > start - heldOut.lowerBound, !sharedBytes[offset - 1] {
        offset -= 1
        sharedBytes[offset] = true
      }
    }
    let blocks = stride(from: 0, to: heldOut.count, by: blockSize).map { first in
      sharedBytes[first..<min(first + blockSize, heldOut.count)].contains(true)
    }
    return HeldOutOverlap(
      windowSize: windowSize, blockSize: blockSize, windowCount: table.windowCount,
      sharedWindowCount: shared.count, byteCount: heldOut.count,
      sharedByteCount: sharedBytes.count { $0 }, sharedBlocks: blocks)
  }
}

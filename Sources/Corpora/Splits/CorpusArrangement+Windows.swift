public import BPBCore

extension CorpusArrangement {
  /// Places in the stream to begin training at: `count` windows of `size` bytes within the training part,
  /// in ascending order, the first one at 0.
  ///
  /// One in each of `count` equal parts, at a place drawn by the arrangement's seed; they overlap only if
  /// the training part is too short for all of them.
  /// - Throws: `usage` if not even one fits, or there is to be none.
  public func windows(count: Int, size: Int) throws(BPBError) -> [Range<Int>] {
    guard count > 0, size > 0 else {
      throw BPBError(.usage, "\(count) windows of \(size) bytes make no sense", advice: "take more")
    }
    guard size <= training.count else {
      throw BPBError(
        .usage, "a window of \(size) bytes is longer than the training part of \(training.count)",
        advice: "take shorter windows, or more files")
    }
    let fits = training.count / count >= size
    // Of each part either the whole window lies in it, or at least its place among those possible.
    let places = fits ? training.count : training.count - size + 1
    var generator = SeededGenerator(seed: seed, for: .windows)
    return (0..<count).map { index in
      let low = places * index / count
      let high = places * (index + 1) / count
      let room = max(fits ? high - low - size + 1 : high - low, 1)
      let offset = Int(generator.next(below: UInt64(room)))
      let start = training.lowerBound + (index == 0 ? 0 : low + offset)
      return start..<start + size
    }
  }
}

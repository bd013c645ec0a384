import BPBCore
public import RunRecords

/// The windows of a scale run: where prefixes begin, so that small sizes are means over several texts.
public enum ScaleWindows {
  /// `count` windows of the training part: the first is the whole stream, one more begins about its middle,
  /// two more about its quarters and so on.
  ///
  /// Each of the others nearly reaches the next: so the mean is over most of the training part, and over
  /// fewer and fewer windows as sizes grow, with no sudden end. How far behind
  /// these places they begin is drawn from `seed`, within what keeps windows of one size apart.
  ///
  /// - Parameters:
  ///   - sizes: of the prefixes, rising; a window's length is one of them.
  ///   - bytes: of the whole stream.
  public static func windows(
    count: Int, sizes: [Int], trainingBytes: Int, bytes: Int, seed: UInt64
  ) -> [ScaleRecord.Window] {
    var generator = SeededGenerator(seed: seed)
    var windows = [ScaleRecord.Window(start: 0, bytes: bytes)]
    var finest = 2
    while finest < count { finest *= 2 }
    let latest = UInt64(max(trainingBytes, 0) / (10 * finest))
    var shares = 2
    while windows.count < count {
      guard let length = sizes.last(where: { $0 <= trainingBytes / shares / 10 * 9 }) else { break }
      for odd in stride(from: 1, to: shares, by: 2) where windows.count < count {
        let jitter = Int(generator.next(below: latest + 1))
        windows.append(.init(start: trainingBytes / shares * odd + jitter, bytes: length))
      }
      shares *= 2
    }
    return windows
  }
}

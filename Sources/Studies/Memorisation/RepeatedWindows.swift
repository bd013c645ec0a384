/// Which stretches of a text stand in it more than once.
struct RepeatedWindows {
  let width: Int
  /// For each place at which a window begins, the first place of the same bytes.
  let first: [Int]
  /// How often those bytes stand in the text.
  let count: [Int]

  /// All windows of `width` bytes of `text`, which is as long as one at least.
  ///
  /// Exact: windows are sorted by their bytes, equal ones by their places.
  init(of text: [UInt8], width: Int) {
    precondition(width > 0 && text.count >= width, "a window is in the text")
    self.width = width
    var order = Array(0...text.count - width)
    var first = [Int](repeating: 0, count: order.count)
    var count = first
    text.withUnsafeBytes { text in
      order.sort {
        let difference = Self.compare(text, $0, $1, width)
        return difference == 0 ? $0 < $1 : difference < 0
      }
      var group = 0
      for end in 1...order.count
      where end == order.count || Self.compare(text, order[end - 1], order[end], width) != 0 {
        for place in order[group..<end] {
          first[place] = order[group]
          count[place] = end - group
        }
        group = end
      }
    }
    self.first = first
    self.count = count
  }

  /// Negative if the window at `one` comes before that at `other`; eight bytes at a time.
  private static func compare(
    _ text: UnsafeRawBufferPointer, _ one: Int, _ other: Int, _ width: Int
  ) -> Int {
    var offset = 0
    while offset + 8 <= width {
      let left = text.loadUnaligned(fromByteOffset: one + offset, as: UInt64.self).bigEndian
      let right = text.loadUnaligned(fromByteOffset: other + offset, as: UInt64.self).bigEndian
      if left != right { return left < right ? -1 : 1 }
      offset += 8
    }
    while offset < width {
      if text[one + offset] != text[other + offset] {
        return text[one + offset] < text[other + offset] ? -1 : 1
      }
      offset += 1
    }
    return 0
  }

  /// `text` without what stands in it before: of exact repetitions of `width` bytes or more the first is kept (K. Lee et
  /// al., "Deduplicating training data makes language models better", 2022, who take 50 tokens).
  static func removed(from text: [UInt8], width: Int) -> [UInt8] {
    guard text.count >= width else { return text }
    let windows = RepeatedWindows(of: text, width: width)
    var kept: [UInt8] = []
    kept.reserveCapacity(text.count)
    // The end of the last window that repeats an earlier one without lying over it.
    var repeatedUntil = 0
    for place in text.indices {
      if place < windows.first.count, windows.first[place] + width <= place {
        repeatedUntil = place + width
      }
      if place >= repeatedUntil { kept.append(text[place]) }
    }
    return kept
  }
}

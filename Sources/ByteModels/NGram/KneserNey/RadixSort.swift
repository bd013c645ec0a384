/// Sorting of words by their low bytes, least significant byte first.
enum RadixSort {
  /// Words below which insertion is quicker than counting.
  private static let few = 48

  /// Sorts `words` by their `lowBytes` lowest bytes, 1...8; what is above must be equal in all.
  ///
  /// - Parameter scratch: room for as many words.
  static func sort(
    _ words: UnsafeMutableBufferPointer<UInt64>, lowBytes: Int,
    scratch: UnsafeMutablePointer<UInt64>
  ) {
    guard let base = words.baseAddress, words.count > 1 else { return }
    guard words.count > few else { return insertionSort(base, words.count) }
    var (source, target) = (base, scratch)
    var counts = [Int](repeating: 0, count: 256 * lowBytes)
    count(base, words.count, lowBytes, &counts)
    for place in 0..<lowBytes {
      let row = counts[256 * place..<256 * (place + 1)]
      if row.contains(words.count) { continue }
      pass(from: source, to: target, words.count, shift: UInt64(8 * place), Array(row))
      swap(&source, &target)
    }
    if source != base { base.update(from: source, count: words.count) }
  }

  /// How often each byte value stands at each place, all places in one pass.
  private static func count(
    _ words: UnsafeMutablePointer<UInt64>, _ count: Int, _ lowBytes: Int, _ counts: inout [Int]
  ) {
    counts.withUnsafeMutableBufferPointer { counts in
      for i in 0..<count {
        var word = words[i]
        for place in 0..<lowBytes {
          counts[256 &* place &+ Int(word & 0xFF)] &+= 1
          word &>>= 8
        }
      }
    }
  }

  private static func pass(
    from source: UnsafeMutablePointer<UInt64>, to target: UnsafeMutablePointer<UInt64>,
    _ count: Int, shift: UInt64, _ counts: [Int]
  ) {
    var next = counts
    var sum = 0
    for value in 0..<256 {
      next[value] = sum
      sum += counts[value]
    }
    next.withUnsafeMutableBufferPointer { next in
      for i in 0..<count {
        let word = source[i]
        let value = Int((word &>> shift) & 0xFF)
        target[next[value]] = word
        next[value] &+= 1
      }
    }
  }

  private static func insertionSort(_ words: UnsafeMutablePointer<UInt64>, _ count: Int) {
    for i in 1..<count {
      let word = words[i]
      var place = i
      while place > 0 && words[place &- 1] > word {
        words[place] = words[place &- 1]
        place &-= 1
      }
      words[place] = word
    }
  }
}

import BPBCore

extension GramTrie {
  /// Counts the n-grams of `text` up to length `order`, 1...8.
  ///
  /// All come from one sorting of the longest ones: shorter n-grams are their prefixes, but for the one of
  /// each length that ends the text.
  /// - Throws: `methodFailed` when there is no memory, or for a text of 2^32 bytes and more.
  init(_ text: Span<UInt8>, order: Int, threads: Int) throws(BPBError) {
    guard text.count <= Int(UInt32.max) else {
      throw BPBError(
        .methodFailed, "counts n-grams of up to 4 GiB of text only", advice: "give it less text")
    }
    levels = try Self.counted(text, order: order, threads: threads)
    ends = TextEnds(text, length: order - 1)
    link(threads: threads)
    adjustCounts(threads: threads)
  }

  private static func counted(
    _ text: Span<UInt8>, order: Int, threads: Int
  ) throws(BPBError) -> [GramLevel] {
    let keys = try GramKeys(text, order: order, threads: threads)
    let tails = GramScan.tails(of: text, order: order)
    var sizes = [Int](repeating: 0, count: 256 * order)
    sizes.withUnsafeMutableBufferPointer { sizes in
      nonisolated(unsafe) let sizes = sizes
      ParallelTasks.run(256, threads: threads) { byte in
        GramScan(keys, tails, startingWith: byte).count(into: sizes)
      }
    }
    let starts = starts(sizes, order: order)
    let filler = GramFiller(starts: starts, order: order)
    ParallelTasks.run(256, threads: threads) { byte in
      filler.fill(GramScan(keys, tails, startingWith: byte), byte)
    }
    return filler.finished()
  }

  /// Where in each level the n-grams of each first byte begin: 257 bounds a level.
  private static func starts(_ sizes: [Int], order: Int) -> [[Int]] {
    (0..<order).map { level in
      var bounds = [Int](repeating: 0, count: 257)
      for byte in 0..<256 {
        bounds[byte + 1] = bounds[byte] + (level == 0 ? 1 : sizes[byte * order + level])
      }
      return bounds
    }
  }
}

/// One pass over the sorted n-grams of one first byte: each different one once, with its count and how
/// many bytes it shares with the one before.
struct GramScan {
  /// An n-gram at the end of the text that is shorter than the order, zeros in place of what is missing.
  struct Tail {
    var key: UInt64
    var length: Int
  }

  private let keys: UnsafeMutableBufferPointer<UInt64>
  private let tails: [Tail]
  private let order: Int
  private let byte: Int

  init(_ keys: borrowing GramKeys, _ tails: [Tail], startingWith byte: Int) {
    self.keys = keys.keys(startingWith: byte)
    order = keys.order
    self.byte = byte
    let shift = UInt64(8 * (keys.order - 1))
    self.tails = tails.filter { Int($0.key >> shift) == byte }
  }

  /// The n-grams that only end the text, sorted as their keys are, the shorter first.
  static func tails(of text: Span<UInt8>, order: Int) -> [Tail] {
    var tails: [Tail] = []
    for length in 1..<max(min(order, text.count + 1), 1) {
      var key: UInt64 = 0
      for i in text.count - length..<text.count { key = key << 8 | UInt64(text[i]) }
      tails.append(Tail(key: key << UInt64(8 * (order - length)), length: length))
    }
    return tails.sorted { $0.key == $1.key ? $0.length < $1.length : $0.key < $1.key }
  }

  /// Adds up how many n-grams of each length are new; at `byte * order + length - 1`.
  func count(into sizes: UnsafeMutableBufferPointer<Int>) {
    let row = byte * order
    visit { _, length, shared, _ in
      for place in shared..<length { sizes[row &+ place] &+= 1 }
    }
  }

  /// Gives `body` each n-gram, its length, the bytes shared with the one before, and its count, which is
  /// only meant for those of full length.
  @inline(__always)
  func visit(_ body: (_ key: UInt64, _ length: Int, _ shared: Int, _ count: Int) -> Void) {
    var (previous, previousLength): (UInt64, Int) = (0, 0)
    var nextTail = 0
    var i = 0
    while true {
      let isTail =
        nextTail < tails.count && (i == keys.count || tails[nextTail].key <= keys[i])
      if isTail {
        let tail = tails[nextTail]
        nextTail += 1
        let shared = min(sharedBytes(previous, tail.key), previousLength, tail.length)
        if shared < tail.length { body(tail.key, tail.length, shared, 0) } else { continue }
        (previous, previousLength) = (tail.key, tail.length)
      } else {
        guard i < keys.count else { return }
        let key = keys[i]
        let start = i
        repeat { i &+= 1 } while i < keys.count && keys[i] == key
        body(key, order, min(sharedBytes(previous, key), previousLength), i &- start)
        (previous, previousLength) = (key, order)
      }
    }
  }

  @inline(__always)
  private func sharedBytes(_ a: UInt64, _ b: UInt64) -> Int {
    ((a ^ b).leadingZeroBitCount &- (64 &- 8 &* order)) &>> 3
  }
}

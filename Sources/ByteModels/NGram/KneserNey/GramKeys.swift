import BPBCore

/// All n-grams of a text as numbers, sorted: the bytes of an n-gram, the first one highest, in one
/// 64-bit word.
///
/// One scatter by the first byte, then every bucket on its own, on any number of threads.
struct GramKeys: ~Copyable {
  /// Bytes of an n-gram, 1...8.
  let order: Int
  /// Where the n-grams that begin with each byte are: 257 bounds.
  let bounds: [Int]
  private let memory: AnonymousMemory

  /// The n-grams of `text`, at least `order` bytes long if there is to be any.
  ///
  /// - Throws: `methodFailed` when there is no memory.
  init(_ text: Span<UInt8>, order: Int, threads: Int) throws(BPBError) {
    precondition((1...8).contains(order), "an n-gram of 1 to 8 bytes fits a word")
    let count = max(text.count - order + 1, 0)
    let bounds = Self.bounds(text.extracting(first: count))
    let memory = try AnonymousMemory(bytes: max(count, 1) * 8)
    let largest = (0..<256).reduce(0) { max($0, bounds[$1 + 1] - bounds[$1]) }
    let scratchLanes = min(threads, 256)
    let scratch = try AnonymousMemory(bytes: max(largest, 1) * 8 * scratchLanes)
    self.order = order
    self.bounds = bounds
    self.memory = memory
    scatter(text)
    sort(scratch: scratch.base.assumingMemoryBound(to: UInt64.self), largest, scratchLanes)
  }

  /// The sorted n-grams that begin with `byte`.
  func keys(startingWith byte: Int) -> UnsafeMutableBufferPointer<UInt64> {
    let count = bounds[byte + 1] - bounds[byte]
    return UnsafeMutableBufferPointer(start: words + bounds[byte], count: count)
  }

  private var words: UnsafeMutablePointer<UInt64> {
    memory.base.assumingMemoryBound(to: UInt64.self)
  }

  private static func bounds(_ firstBytes: Span<UInt8>) -> [Int] {
    var bounds = [Int](repeating: 0, count: 257)
    for i in firstBytes.indices { bounds[Int(firstBytes[i]) + 1] += 1 }
    for byte in 0..<256 { bounds[byte + 1] += bounds[byte] }
    return bounds
  }

  private func scatter(_ text: Span<UInt8>) {
    guard text.count >= order else { return }
    let words = words
    let drop = UInt64(8 * (order - 1))
    let mask = order == 8 ? UInt64.max : 1 &<< UInt64(8 * order) &- 1
    var next = bounds
    var key: UInt64 = 0
    for i in 0..<order - 1 { key = key &<< 8 | UInt64(text[i]) }
    for i in order - 1..<text.count {
      key = (key &<< 8 | UInt64(text[i])) & mask
      let byte = Int(key &>> drop)
      words[next[byte]] = key
      next[byte] &+= 1
    }
  }

  /// Lanes take buckets in turn by size, the largest first, so that each lane needs scratch of its own only.
  private func sort(scratch: UnsafeMutablePointer<UInt64>, _ largest: Int, _ lanes: Int) {
    guard order > 1 else { return }
    let buckets = (0..<256).sorted { a, b in
      let (sizeA, sizeB) = (bounds[a + 1] - bounds[a], bounds[b + 1] - bounds[b])
      return sizeA == sizeB ? a < b : sizeA > sizeB
    }
    let shares = Self.shares(of: buckets.map { bounds[$0 + 1] - bounds[$0] }, lanes: lanes)
    ParallelTasks.run(lanes, threads: lanes) { lane in
      for place in shares[lane] {
        let keys = keys(startingWith: buckets[place])
        RadixSort.sort(keys, lowBytes: order - 1, scratch: scratch + lane * largest)
      }
    }
  }

  /// Who does what, so that all are done at about the same time: each next largest to the one with least.
  private static func shares(of sizes: [Int], lanes: Int) -> [[Int]] {
    var shares = [[Int]](repeating: [], count: lanes)
    var loads = [Int](repeating: 0, count: lanes)
    for (place, size) in sizes.enumerated() where size > 0 {
      let lane = loads.indices.reduce(0) { loads[$1] < loads[$0] ? $1 : $0 }
      shares[lane].append(place)
      loads[lane] += size
    }
    return shares
  }
}

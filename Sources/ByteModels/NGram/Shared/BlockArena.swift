import BPBCore

/// An arena of 32-bit words: blocks of a few sizes are taken from it and given back, each named by the
/// 32-bit offset of its first word.
///
/// A size's free blocks form a list through their first words. An allocation takes from its own list,
/// then from words that were never used, then splits a larger free block; if all fails it says so, and
/// what to forget is the caller's decision.
struct BlockArena: ~Copyable {
  /// All words; an offset indexes them.
  let words: UnsafeMutablePointer<UInt32>
  /// How many words there are.
  let wordCount: Int
  private let memory: AnonymousMemory
  private let freeLists: UnsafeMutablePointer<UInt32>
  // Offset 0 means "none".
  private var firstUnused = 2

  /// Words in a block, by size class: at most half again as many as were asked for.
  static let capacities: [Int] = [2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256]
  /// The class of the smallest block of at least so many words, by number of words.
  private static let classes: [UInt8] = (0...256).map { count in
    UInt8(capacities.firstIndex { $0 >= count }!)
  }
  private let classOfCount: UnsafeMutablePointer<UInt8>

  /// An arena of at most 2^32 words, none of them in use.
  ///
  /// - Throws: `methodFailed` when there is no memory for it.
  init(wordCount: Int) throws(BPBError) {
    let count = min(max(wordCount, 512), Int(UInt32.max))
    memory = try AnonymousMemory(bytes: count * 4)
    words = memory.base.assumingMemoryBound(to: UInt32.self)
    self.wordCount = count
    freeLists = .allocate(capacity: Self.capacities.count)
    freeLists.initialize(repeating: 0, count: Self.capacities.count)
    classOfCount = .allocate(capacity: 257)
    for i in 0...256 { classOfCount[i] = Self.classes[i] }
  }

  deinit {
    freeLists.deallocate()
    classOfCount.deallocate()
  }

  /// Bytes allocated.
  var memoryBytes: Int { memory.byteCount }

  /// The size class of a block for `count` words, 1...256.
  @inline(__always)
  func sizeClass(for count: Int) -> Int { Int(classOfCount[count]) }

  /// A block of the class, its words undefined; nil if there is none left.
  mutating func allocate(_ sizeClass: Int) -> UInt32? {
    let head = freeLists[sizeClass]
    if head != 0 {
      freeLists[sizeClass] = words[Int(head)]
      return head
    }
    let size = Self.capacities[sizeClass]
    guard firstUnused + size <= wordCount else { return split(sizeClass) }
    defer { firstUnused += size }
    return UInt32(truncatingIfNeeded: firstUnused)
  }

  /// Gives a block of the class back.
  @inline(__always)
  mutating func free(_ block: UInt32, _ sizeClass: Int) {
    words[Int(block)] = freeLists[sizeClass]
    freeLists[sizeClass] = block
  }

  /// A block cut from the smallest larger one that is free; the rest goes to the lists.
  private mutating func split(_ sizeClass: Int) -> UInt32? {
    for larger in sizeClass + 1..<max(Self.capacities.count, sizeClass + 1)
    where freeLists[larger] != 0 {
      let block = freeLists[larger]
      freeLists[larger] = words[Int(block)]
      let size = Self.capacities[sizeClass]
      release(Int(block) + size, count: Self.capacities[larger] - size)
      return block
    }
    return nil
  }

  /// Puts `count` words, an even number, on the lists in blocks as large as they come.
  private mutating func release(_ first: Int, count: Int) {
    var (first, left) = (first, count)
    while left > 0 {
      let sizeClass = Self.capacities.lastIndex { $0 <= left }!
      free(UInt32(truncatingIfNeeded: first), sizeClass)
      first += Self.capacities[sizeClass]
      left -= Self.capacities[sizeClass]
    }
  }
}

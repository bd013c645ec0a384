/// What sizes the blocks of an arena have, and what their offsets count.
protocol BlockSizes {
  /// Bytes of a unit.
  static var unitBytes: Int { get }
  /// Bytes that an offset counts by, a divisor of `unitBytes`: with more of them 32 bits reach further.
  static var offsetBytes: Int { get }
  /// Units of a block, by size class, in increasing order. All are multiples of the first, and the last
  /// is at most 256.
  static var units: [Int] { get }
}

/// Blocks of a few units from one stretch of memory, named by 32-bit offsets: what trees of contexts and
/// tables of counts are made of.
///
/// A block that is given back waits in the list of its size class, linked through the first four bytes, for
/// the next one who needs that size. An allocation takes from its own list, then memory that was never
/// handed out, then splits a larger block that waits; if all fails it says so, and what to forget is the
/// caller's decision. The memory belongs to the caller, who may keep other things in front of it.
struct BlockArena<Sizes: BlockSizes>: ~Copyable {
  private let base: UnsafeMutableRawPointer
  private let start: UInt32
  private let end: UInt32
  /// Where memory begins that was never handed out.
  private var fresh: UInt32
  private let classCount: Int
  /// The first block of each class that waits; 0 for none.
  private let waiting: UnsafeMutablePointer<UInt32>
  /// How far the offsets of neighbours are apart, by class.
  private let lengths: UnsafeMutablePointer<UInt32>
  private let classOfUnits: UnsafeMutablePointer<UInt8>

  /// Blocks between the offsets `start`, which is not 0, and `end` from `base`.
  init(base: UnsafeMutableRawPointer, start: UInt32, end: UInt32) {
    precondition(0 < start && start <= end)
    let sizes = Sizes.units
    self.base = base
    self.start = start
    self.end = end
    fresh = start
    classCount = sizes.count
    waiting = .allocate(capacity: sizes.count)
    waiting.initialize(repeating: 0, count: sizes.count)
    lengths = .allocate(capacity: sizes.count)
    classOfUnits = .allocate(capacity: sizes[sizes.count - 1] + 1)
    var smaller = 0
    for (index, size) in sizes.enumerated() {
      lengths[index] = UInt32(size * Sizes.unitBytes / Sizes.offsetBytes)
      while smaller <= size {
        classOfUnits[smaller] = UInt8(index)
        smaller += 1
      }
    }
  }

  deinit {
    waiting.deallocate()
    lengths.deallocate()
    classOfUnits.deallocate()
  }

  /// Bytes that were handed out since the last reset, given back or not.
  var usedBytes: Int { Int(fresh - start) * Sizes.offsetBytes }

  /// Takes every block back.
  mutating func reset() {
    fresh = start
    waiting.update(repeating: 0, count: classCount)
  }

  /// Where a block is.
  @inline(__always)
  func address(of block: UInt32) -> UnsafeMutableRawPointer {
    base + Int(block) &* Sizes.offsetBytes
  }

  /// Whether blocks for `units` and for `others` units have the same size.
  @inline(__always)
  func isSameSize(_ units: Int, _ others: Int) -> Bool {
    classOfUnits[units] == classOfUnits[others]
  }

  /// A block of at least `units` units, which are at most those of the largest class, its bytes undefined;
  /// 0 when there is none left.
  @inline(__always)
  mutating func allocate(units: Int) -> UInt32 {
    let index = Int(classOfUnits[units])
    let first = waiting[index]
    if _fastPath(first != 0) {
      waiting[index] = address(of: first).load(as: UInt32.self)
      return first
    }
    let length = lengths[index]
    guard _fastPath(end &- fresh >= length) else { return split(class: index) }
    fresh &+= length
    return fresh &- length
  }

  /// Takes back a block that was allocated for `units` units.
  @inline(__always)
  mutating func release(_ block: UInt32, units: Int) {
    put(block, class: Int(classOfUnits[units]))
  }

  @inline(__always)
  private mutating func put(_ block: UInt32, class index: Int) {
    address(of: block).storeBytes(of: waiting[index], as: UInt32.self)
    waiting[index] = block
  }

  /// The front of the smallest larger block that waits; its rest waits on in blocks as large as they come.
  @inline(never)
  private mutating func split(class index: Int) -> UInt32 {
    guard let larger = (index + 1..<classCount).first(where: { waiting[$0] != 0 }) else {
      return 0
    }
    let block = waiting[larger]
    waiting[larger] = address(of: block).load(as: UInt32.self)
    var rest = lengths[larger] - lengths[index]
    var place = block + lengths[index]
    var fitting = larger
    while rest > 0 {
      while lengths[fitting] > rest { fitting -= 1 }
      put(place, class: fitting)
      place += lengths[fitting]
      rest -= lengths[fitting]
    }
    return block
  }
}

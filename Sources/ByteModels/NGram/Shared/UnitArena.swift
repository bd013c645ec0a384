/// Blocks of a few units of 12 bytes from one stretch of memory, named by 32-bit offsets: what a tree of
/// contexts is made of.
///
/// A block that is given back waits in the list of its size class for the next one who needs that size;
/// when no fresh memory is left, a larger block is split. The classes grow by a quarter or so, so that a
/// growing context moves only now and then.
struct UnitArena: ~Copyable {
  static let unitBytes: UInt32 = 12
  /// The most units of one block.
  static let mostUnits = 128

  private let base: UnsafeMutableRawPointer
  private let start: UInt32
  private let end: UInt32
  /// Where memory begins that was never handed out.
  private(set) var fresh: UInt32
  private let waiting: UnsafeMutablePointer<UInt32>
  private let unitsOfClass: UnsafeMutablePointer<UInt32>
  private let classOfUnits: UnsafeMutablePointer<UInt8>
  /// Steps between the classes' sizes, and how many classes each makes.
  private static let steps: [(step: UInt32, count: Int)] = [(1, 4), (2, 4), (3, 4), (4, 26)]
  private static let classes = 38

  /// Blocks between the offsets `start`, which is not 0, and `end` from `base`.
  init(base: UnsafeMutableRawPointer, start: UInt32, end: UInt32) {
    self.base = base
    self.start = start
    self.end = end
    fresh = start
    waiting = .allocate(capacity: Self.classes)
    waiting.initialize(repeating: 0, count: Self.classes)
    unitsOfClass = .allocate(capacity: Self.classes)
    classOfUnits = .allocate(capacity: Self.mostUnits + 1)
    var units: UInt32 = 0
    var index = 0
    classOfUnits[0] = 0
    for (step, count) in Self.steps {
      for _ in 0..<count {
        for smaller in units + 1...units + step { classOfUnits[Int(smaller)] = UInt8(index) }
        units += step
        unitsOfClass[index] = units
        index += 1
      }
    }
  }

  deinit {
    waiting.deallocate()
    unitsOfClass.deallocate()
    classOfUnits.deallocate()
  }

  /// Bytes that were handed out since the last reset, given back or not.
  var usedBytes: Int { Int(fresh - start) }

  /// Takes every block back.
  mutating func reset() {
    fresh = start
    waiting.update(repeating: 0, count: Self.classes)
  }

  /// Whether blocks of `units` and of `others` units have the same size.
  @inline(__always)
  func isSameSize(_ units: Int, _ others: Int) -> Bool {
    classOfUnits[units] == classOfUnits[others]
  }

  /// A block of at least `units` units, 1 to 128; 0 when there is no memory left.
  @inline(__always)
  mutating func allocate(units: Int) -> UInt32 {
    let index = Int(classOfUnits[units])
    let first = waiting[index]
    if _fastPath(first != 0) {
      waiting[index] = (base + Int(first)).load(as: UInt32.self)
      return first
    }
    let bytes = unitsOfClass[index] &* Self.unitBytes
    guard _fastPath(end &- fresh >= bytes) else { return split(class: index) }
    fresh &+= bytes
    return fresh &- bytes
  }

  /// Takes back a block that was allocated for `units` units.
  @inline(__always)
  mutating func release(_ block: UInt32, units: Int) {
    put(block, class: Int(classOfUnits[units]))
  }

  @inline(__always)
  private mutating func put(_ block: UInt32, class index: Int) {
    (base + Int(block)).storeBytes(of: waiting[index], as: UInt32.self)
    waiting[index] = block
  }

  /// The front of the smallest larger block that waits; its rest waits on in smaller ones.
  @inline(never)
  private mutating func split(class index: Int) -> UInt32 {
    guard let larger = (index + 1..<Self.classes).first(where: { waiting[$0] != 0 }) else {
      return 0
    }
    let block = waiting[larger]
    waiting[larger] = (base + Int(block)).load(as: UInt32.self)
    var rest = unitsOfClass[larger] - unitsOfClass[index]
    var place = block + unitsOfClass[index] * Self.unitBytes
    while rest > 0 {
      let class0 = Int(classOfUnits[Int(rest)])
      let fitting = unitsOfClass[class0] > rest ? class0 - 1 : class0
      put(place, class: fitting)
      place += unitsOfClass[fitting] * Self.unitBytes
      rest -= unitsOfClass[fitting]
    }
    return block
  }
}

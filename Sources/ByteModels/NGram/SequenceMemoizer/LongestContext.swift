import BPBCore

/// The longest context that was met before: the unbounded end of the memoizer's tree.
///
/// A context longer than those that have restaurants is kept as text only, as a suffix tree's leaf is: the
/// last place where the same `leastLength` bytes stood, and how much more of what was before it is the same.
/// The byte that followed there is the one dish, with one customer, of a restaurant of that depth.
struct LongestContext: ~Copyable {
  private let text: UnsafeMutablePointer<UInt8>
  /// The last position after each hash of `leastLength` bytes; 0: none.
  private let places: UnsafeMutablePointer<UInt32>
  private let memory: AnonymousMemory
  private let textMask: Int
  private let placesShift: UInt64
  private var position = 0
  private var older: UInt64 = 0
  private var history: UInt64 = 0
  private var place = 0
  /// Bytes of the context that are the same; 0 if no place is known.
  private(set) var length = 0

  static let leastLength = 12
  private static let lengthLimit = 65535

  /// - Parameters:
  ///   - textBytes: of the past that are kept, a power of two.
  ///   - places: entries of the index of places, a power of two.
  /// - Throws: `methodFailed` when there is no memory for them.
  init(textBytes: Int, places count: Int) throws(BPBError) {
    let memory = try AnonymousMemory(bytes: textBytes + 4 * count)
    places = memory.base.assumingMemoryBound(to: UInt32.self)
    text = (memory.base + 4 * count).assumingMemoryBound(to: UInt8.self)
    self.memory = memory
    textMask = textBytes - 1
    placesShift = UInt64(64 - count.trailingZeroBitCount)
  }

  /// Bytes allocated.
  var memoryBytes: Int { memory.byteCount }

  /// The byte that followed the longest match; without meaning if `length` is 0.
  @inline(__always)
  var byte: UInt8 { text[place] }

  /// Sixteen classes of the match's length, finer where it is short.
  @inline(__always)
  var lengthClass: Int {
    let length = self.length
    if length < 16 { return length &- Self.leastLength }
    if length < 32 { return length / 4 }
    return min(34 &- UInt32(length).leadingZeroBitCount, 15)
  }

  /// Goes on by a byte.
  mutating func append(_ byte: UInt8) {
    if length > 0 && text[place] == byte {
      length = min(length &+ 1, Self.lengthLimit)
      place = (place &+ 1) & textMask
    } else {
      length = 0
    }
    text[position] = byte
    position = (position &+ 1) & textMask
    older = older &<< 8 | history &>> 56
    history = history &<< 8 | UInt64(byte)
    let hash = ContextHash.mix(history &+ ContextHash.mix(older & 0xFFFF_FFFF))
    let index = Int(truncatingIfNeeded: hash &>> placesShift)
    if length == 0 { begin(at: Int(places[index])) }
    places[index] = UInt32(truncatingIfNeeded: position)
  }

  /// Takes up a match if at least `leastLength` bytes before `candidate` are the last ones.
  private mutating func begin(at candidate: Int) {
    guard candidate != 0 && candidate != position else { return }
    var same = 0
    while same < 32
      && text[(candidate &- 1 &- same) & textMask] == text[(position &- 1 &- same) & textMask]
    { same &+= 1 }
    guard same >= Self.leastLength else { return }
    length = same
    place = candidate
  }
}

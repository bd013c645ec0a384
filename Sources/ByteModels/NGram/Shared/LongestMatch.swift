import BPBCore

/// Where the last bytes stood before, and so which byte a long repetition makes likely next.
///
/// The text of the last bytes is kept in a ring; a table, indexed by a hash of the last eight bytes, holds
/// the place where they were met last. A place is believed once it agrees on at least eight bytes.
struct LongestMatch: ~Copyable {
  private let text: UnsafeMutablePointer<UInt8>
  private let places: UnsafeMutablePointer<UInt32>
  private let textMemory: AnonymousMemory
  private let placeMemory: AnonymousMemory
  private let mask: Int
  private let shift: UInt64
  private var position = 0
  private var place = 0
  /// How many bytes agree, at most `longest`; 0 when nothing is expected.
  private(set) var length = 0
  /// The byte that is expected next; -1 for none.
  private(set) var expected = -1

  static let shortest = 8
  static let longest = 64

  /// A memory of the last `bytes` bytes of text, which is made a power of two.
  ///
  /// - Throws: `methodFailed` when there is no memory.
  init(bytes: Int) throws(BPBError) {
    let window = 1 << (Int.bitWidth - max(bytes, 1 << 12, Self.longest).leadingZeroBitCount - 1)
    let entries = window / 4
    let textMemory = try AnonymousMemory(bytes: window)
    let placeMemory = try AnonymousMemory(bytes: entries * 4)
    text = textMemory.base.assumingMemoryBound(to: UInt8.self)
    places = placeMemory.base.assumingMemoryBound(to: UInt32.self)
    self.textMemory = textMemory
    self.placeMemory = placeMemory
    mask = window - 1
    shift = UInt64(64 - entries.trailingZeroBitCount)
  }

  var memoryBytes: Int { textMemory.byteCount + placeMemory.byteCount }

  /// How long the match is, in 25 classes: 0 for none, then ever coarser.
  @inline(__always)
  var lengthClass: Int {
    length < 16 ? length : length < 32 ? 12 &+ length &>> 2 : length < 64 ? 16 &+ length &>> 3 : 24
  }

  /// Takes the next byte in.
  ///
  /// - Parameter history: the last eight bytes with it, the last one lowest.
  @inline(__always)
  mutating func advance(past byte: UInt8, history: UInt64) {
    text[position & mask] = byte
    position &+= 1
    if expected == Int(byte) {
      place &+= 1
      length = min(length &+ 1, Self.longest)
    } else {
      length = 0
    }
    let index = Int(truncatingIfNeeded: (history &* 0x9E37_79B9_7F4A_7C15) &>> shift)
    if length == 0 { look(for: index) }
    places[index] = UInt32(truncatingIfNeeded: position)
    expected = length > 0 ? Int(text[place & mask]) : -1
  }

  @inline(__always)
  private mutating func look(for index: Int) {
    // Places are kept in 32 bits: the distance is right as long as it is within the ring.
    let distance = Int(UInt32(truncatingIfNeeded: position) &- places[index])
    guard distance > 0, distance < min(position, mask) else { return }
    place = position &- distance
    var agreed = 0
    while agreed < 32, agreed < place,
      text[(place &- 1 &- agreed) & mask] == text[(position &- 1 &- agreed) & mask]
    {
      agreed &+= 1
    }
    length = agreed >= Self.shortest ? agreed : 0
  }
}

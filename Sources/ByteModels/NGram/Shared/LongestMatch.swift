import BPBCore
import CPrefetch

/// Where the last bytes stood before, and so which byte a long repetition makes likely next.
///
/// The text of the last bytes is kept in a ring; a table, indexed by a hash of the last eight bytes, holds
/// the place where they were met last and up to eight bits to know them by. Entries stand in lines that the
/// first seven of the eight name. A place is believed one byte later, if it agrees on at least nine bytes: so
/// nothing waits for memory.
struct LongestMatch: ~Copyable {
  private let text: UnsafeMutablePointer<UInt8>
  private let places: UnsafeMutablePointer<UInt32>
  private let textMemory: AnonymousMemory
  private let placeMemory: AnonymousMemory
  private let mask: Int
  private let shift: UInt64
  /// How many bits of an entry the bytes are known by; the others are the place.
  private let checkBits: UInt32
  private var line: UnsafeMutablePointer<UInt32>
  private static let lineWords = 16
  private var position = 0
  private var place = 0
  private var isPending = false
  /// How many bytes agree, as far as that is looked at when the match begins; 0 when nothing is expected.
  private(set) var length = 0
  /// The byte that is expected next; -1 for none.
  private(set) var expected = -1

  /// The fewest bytes that agree.
  static let shortest = 9
  private static let mostLength = 1 << 16
  /// Places this close to the end of the ring are about to be overwritten.
  private static let margin = 128

  /// A memory of the last `bytes` bytes of text, which is made a power of two from 2^12 to 2^32, with an
  /// entry for every `bytesPerEntry` of them, a power of two.
  ///
  /// - Throws: `methodFailed` when there is no memory.
  init(bytes: Int, bytesPerEntry: Int) throws(BPBError) {
    let window = 1 << (Int.bitWidth - min(max(bytes, 1 << 12), 1 << 32).leadingZeroBitCount - 1)
    let entries = window / bytesPerEntry
    let textMemory = try AnonymousMemory(bytes: window)
    let placeMemory = try AnonymousMemory(bytes: entries * 4)
    text = textMemory.base.assumingMemoryBound(to: UInt8.self)
    places = placeMemory.base.assumingMemoryBound(to: UInt32.self)
    self.textMemory = textMemory
    self.placeMemory = placeMemory
    mask = window - 1
    shift = UInt64(64 - (entries / Self.lineWords).trailingZeroBitCount)
    checkBits = UInt32(min(32 - window.trailingZeroBitCount, 8))
    line = places
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
      length = min(length &+ 1, Self.mostLength)
    } else {
      length = 0
      if isPending { confirm() }
    }
    // The line was named by the seven bytes before, so it is here by now.
    let entry = line + Int(byte & 15)
    let check = UInt32(
      truncatingIfNeeded: (history &* 0x9E37_79B9_7F4A_7C15) &>> 56
        & ((1 &<< UInt64(checkBits)) &- 1))
    if length == 0 { look(at: entry.pointee, check) }
    entry.pointee = UInt32(truncatingIfNeeded: position) &<< checkBits | check
    expected = length > 0 ? Int(text[place & mask]) : -1
    line = places + lineIndex(of: history)
    bpb_prefetch(line)
  }

  /// The index of the line for the bytes that will follow the last seven.
  @inline(__always)
  private func lineIndex(of history: UInt64) -> Int {
    let context = (history &<< 8) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: context &>> shift) &* Self.lineWords
  }

  /// Notes the place in `entry`, if it is that of the last eight bytes, to be believed one byte later:
  /// by then its text is here.
  @inline(__always)
  private mutating func look(at entry: UInt32, _ check: UInt32) {
    let places = UInt32.max &>> checkBits
    guard (entry ^ check) & ((1 &<< checkBits) &- 1) == 0 else { return }
    // Places lack their upper bits: the distance is right as long as it is within the ring.
    let distance = Int((UInt32(truncatingIfNeeded: position) &- entry &>> checkBits) & places)
    guard distance > 0, distance < min(position, mask &- Self.margin) else { return }
    place = position &- distance
    isPending = true
    bpb_prefetch(text + (place & mask))
  }

  /// Believes the noted place if it agrees on enough bytes, the newest one included.
  @inline(__always)
  private mutating func confirm() {
    isPending = false
    place &+= 1
    var agreed = 0
    while agreed < 32, agreed < place,
      text[(place &- 1 &- agreed) & mask] == text[(position &- 1 &- agreed) & mask]
    {
      agreed &+= 1
    }
    length = agreed >= Self.shortest ? agreed : 0
  }
}

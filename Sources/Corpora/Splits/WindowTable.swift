/// Windows of a part of a text, by their contents, to be looked for in another part.
///
/// A rolling hash says where to look; bytes are compared before two windows count as the same.
struct WindowTable {
  private static let spread: UInt64 = 0xD6E8_FEB8_6659_FD93

  private let text: [UInt8]
  private let size: Int
  /// The pieces that windows lie within, and for every window in them, in order, the number of what it
  /// holds.
  private let pieces: [Range<Int>]
  private var windows: [UInt32] = []
  /// For each different content its hash, the first byte of a window with it, and whether the search has
  /// found it.
  private var hashes: [UInt64] = []
  private var starts: [UInt32] = []
  private var isFound: [Bool] = []
  /// An open hash table of the contents' numbers plus one; 0 is an empty place.
  private var places: [UInt32]
  private let placeShift: UInt64
  /// A bit for each upper part of a hash: most windows of the other part end at this small table.
  private var filter: [UInt64]
  private let filterShift: UInt64

  var windowCount: Int { windows.count }
  /// First bytes of the windows that were found, in ascending order.
  var sharedWindows: [Int] {
    var number = 0
    var found: [Int] = []
    for piece in pieces where piece.count >= size {
      for start in piece.lowerBound...piece.upperBound - size {
        if isFound[Int(windows[number])] { found.append(start) }
        number += 1
      }
    }
    return found
  }

  /// The windows of `size` bytes of `text` that lie within one of `pieces`; a text has less than 2^32 bytes.
  init(of text: [UInt8], in pieces: [Range<Int>], size: Int) {
    self.text = text
    self.size = size
    self.pieces = pieces
    let count = pieces.reduce(0) { $0 + max(0, $1.count - size + 1) }
    let bits = Int.bitWidth - max(count, 1).leadingZeroBitCount
    placeShift = UInt64(64 - bits - 1)
    places = [UInt32](repeating: 0, count: 2 << bits)
    filterShift = UInt64(64 - bits - 4)
    filter = [UInt64](repeating: 0, count: max(1, (16 << bits) / 64))
    windows.reserveCapacity(count)
    for piece in pieces {
      roll(over: piece) { table, start, hash in table.add(start, hash) }
    }
  }

  /// Marks the windows that stand anywhere in `range`.
  mutating func search(_ range: Range<Int>) {
    roll(over: range) { table, start, hash in table.find(start, hash) }
  }

  /// Hands the first byte and the hash of every window in `range` to `body`.
  @inline(__always)
  private mutating func roll(
    over range: Range<Int>, _ body: (inout WindowTable, Int, UInt64) -> Void
  ) {
    guard range.count >= size else { return }
    let text = self.text
    var hash = RollingHash(size: size)
    for index in range.lowerBound..<range.lowerBound + size { hash.enter(text[index]) }
    body(&self, range.lowerBound, hash.value)
    for end in range.lowerBound + size..<range.upperBound {
      hash.move(past: text[end - size], to: text[end])
      body(&self, end - size + 1, hash.value)
    }
  }

  private mutating func add(_ start: Int, _ hash: UInt64) {
    let spread = hash &* Self.spread
    let bit = spread >> filterShift
    filter[Int(bit >> 6)] |= 1 << (bit & 63)
    var place = Int(spread >> placeShift)
    while places[place] != 0 {
      let number = Int(places[place]) - 1
      if hashes[number] == hash, isSame(Int(starts[number]), start) {
        windows.append(UInt32(number))
        return
      }
      place = (place + 1) & (places.count - 1)
    }
    windows.append(UInt32(hashes.count))
    hashes.append(hash)
    starts.append(UInt32(start))
    isFound.append(false)
    places[place] = UInt32(hashes.count)
  }

  @inline(__always)
  private mutating func find(_ start: Int, _ hash: UInt64) {
    let spread = hash &* Self.spread
    let bit = spread >> filterShift
    if filter[Int(bit >> 6)] >> (bit & 63) & 1 == 1 {
      lookUp(start, hash, Int(spread >> placeShift))
    }
  }

  private mutating func lookUp(_ start: Int, _ hash: UInt64, _ first: Int) {
    var place = first
    while places[place] != 0 {
      let number = Int(places[place]) - 1
      // What is found already need not be compared: it would change nothing.
      if hashes[number] == hash, !isFound[number], isSame(Int(starts[number]), start) {
        isFound[number] = true
        return
      }
      place = (place + 1) & (places.count - 1)
    }
  }

  private func isSame(_ one: Int, _ other: Int) -> Bool {
    text[one..<one + size].elementsEqual(text[other..<other + size])
  }
}

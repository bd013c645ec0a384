/// The records of a model's body, read in place.
struct KneserNeyRecords {
  private let base: UnsafeRawPointer
  private let width: Int
  private let placeShift: UInt64
  private let codeMask: UInt64
  private let placeMask: UInt64

  /// - Parameter base: where the body begins.
  init(_ base: UnsafeRawPointer, _ layout: KneserNeyLayout) {
    self.base = base + layout.recordsOffset
    width = layout.width
    placeShift = UInt64(8 + layout.codeBits)
    codeMask = 1 << UInt64(layout.codeBits) - 1
    placeMask = 1 << UInt64(layout.placeBits) - 1
  }

  /// The record at `place`, and what is behind it.
  @inline(__always)
  func word(_ place: Int) -> UInt64 {
    UInt64(
      littleEndian: base.loadUnaligned(fromByteOffset: place &* width, as: UInt64.self))
  }

  @inline(__always)
  func code(_ word: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: word &>> 8 & codeMask) }

  /// The head that the record leads to.
  @inline(__always)
  func place(_ word: UInt64) -> Int { Int(truncatingIfNeeded: word &>> placeShift & placeMask) }

  /// How many children the head has.
  @inline(__always)
  func count(_ head: UInt64) -> Int { Int(truncatingIfNeeded: head & 0xFF) &+ 1 }

  /// The record among `count` from `place` on whose byte is `byte`; nil if there is none. Bytes rise.
  @inline(__always)
  func find(_ byte: UInt8, from place: Int, count: Int) -> UInt64? {
    var (low, high) = (place, place &+ count)
    while high &- low > 8 {
      let middle = (low &+ high) &>> 1
      if UInt8(truncatingIfNeeded: word(middle)) <= byte { low = middle } else { high = middle }
    }
    while low < high {
      let word = word(low)
      if UInt8(truncatingIfNeeded: word) == byte { return word }
      low &+= 1
    }
    return nil
  }
}

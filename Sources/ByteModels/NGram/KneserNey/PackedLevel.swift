/// The n-grams of one length in a model's bytes: one record each, of as few bits as the largest field
/// needs, and a last record that only bounds the children before it.
///
/// A record is, from its lowest bit: the last byte (8), the code of its probability, the index of the n-gram
/// without its first byte; and where longer ones follow, the code of its backoff and the index of its first
/// child. Records are not aligned: a field is at most 57 bits, so that one unaligned load has all of it.
struct PackedLevel {
  let shape: Shape
  private let base: UnsafeRawPointer
  // What is read again and again for every byte, computed once.
  private let width: Int
  private let linkShift: Int
  private let backoffShift: Int
  private let childShift: Int
  private let codeMask: UInt64
  private let linkMask: UInt64
  private let childMask: UInt64

  init(base: UnsafeRawPointer, shape: Shape) {
    self.base = base
    self.shape = shape
    width = shape.width
    linkShift = 8 + shape.codeBits
    backoffShift = linkShift + shape.linkBits
    childShift = backoffShift + shape.codeBits
    codeMask = 1 << UInt64(shape.codeBits) - 1
    linkMask = 1 << UInt64(shape.linkBits) - 1
    childMask = 1 << UInt64(shape.childBits) - 1
  }

  /// Where fields are in a record.
  struct Shape {
    /// Records, the last one not counted.
    let count: Int
    let codeBits: Int
    let linkBits: Int
    let childBits: Int
    let hasChildren: Bool

    var width: Int { 8 + codeBits + linkBits + (hasChildren ? codeBits + childBits : 0) }
    /// Bytes of all records, and of what a load at the last one reads beyond it.
    var byteCount: Int { ((count + 1) * width + 7) / 8 + 8 }

    /// - Parameters:
    ///   - count: n-grams of this length.
    ///   - lower: those one byte shorter; 0 for the first level, which links to nothing.
    ///   - upper: those one byte longer; nil for the last level.
    init(count: Int, lower: Int, upper: Int?, codeBits: Int) {
      self.count = count
      self.codeBits = codeBits
      linkBits = Self.bits(toHold: max(lower - 1, 0))
      childBits = upper.map(Self.bits(toHold:)) ?? 0
      hasChildren = upper != nil
    }

    private static func bits(toHold number: Int) -> Int {
      Int.bitWidth - number.leadingZeroBitCount
    }
  }

  @inline(__always)
  func byte(_ index: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: load(index &* width))
  }

  @inline(__always)
  func code(_ index: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: load(index &* width &+ 8) & codeMask)
  }

  @inline(__always)
  func link(_ index: Int) -> Int {
    Int(truncatingIfNeeded: load(index &* width &+ linkShift) & linkMask)
  }

  @inline(__always)
  func backoffCode(_ index: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: load(index &* width &+ backoffShift) & codeMask)
  }

  @inline(__always)
  func firstChild(_ index: Int) -> Int {
    Int(truncatingIfNeeded: load(index &* width &+ childShift) & childMask)
  }

  /// The record among `range` whose byte is `byte`; nil if there is none. Bytes rise.
  @inline(__always)
  func find(_ byte: UInt8, in range: Range<Int>) -> Int? {
    var (low, high) = (range.lowerBound, range.upperBound)
    while high &- low > 8 {
      let middle = (low &+ high) &>> 1
      if self.byte(middle) <= byte { low = middle } else { high = middle }
    }
    var bit = low &* width
    while low < high {
      if UInt8(truncatingIfNeeded: load(bit)) == byte { return low }
      low &+= 1
      bit &+= width
    }
    return nil
  }

  /// The bits from `bit` on, 57 of them at least.
  @inline(__always)
  private func load(_ bit: Int) -> UInt64 {
    let word = base.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self)
    return UInt64(littleEndian: word) &>> UInt64(bit & 7)
  }
}

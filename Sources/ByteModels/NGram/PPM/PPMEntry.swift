/// A symbol that was met in a context: the symbol, its frequency and its successor, 6 bytes in the arena.
///
/// The successor is the context that the symbol leads to; while that is not built yet, the place in the
/// text that follows the symbol; and 0 where nothing is known.
struct PPMEntry {
  let address: UnsafeMutableRawPointer
  static let byteCount = 6

  @inline(__always)
  init(_ address: UnsafeMutableRawPointer) { self.address = address }

  @inline(__always)
  var symbol: UInt8 {
    get { address.load(as: UInt8.self) }
    nonmutating set { address.storeBytes(of: newValue, as: UInt8.self) }
  }

  @inline(__always)
  var frequency: Int {
    get { Int(address.load(fromByteOffset: 1, as: UInt8.self)) }
    nonmutating set {
      address.storeBytes(
        of: UInt8(truncatingIfNeeded: newValue), toByteOffset: 1, as: UInt8.self)
    }
  }

  @inline(__always)
  var successor: UInt32 {
    get { address.loadUnaligned(fromByteOffset: 2, as: UInt32.self) }
    nonmutating set { address.storeBytes(of: newValue, toByteOffset: 2, as: UInt32.self) }
  }

  @inline(__always)
  var next: PPMEntry { PPMEntry(address + Self.byteCount) }
  @inline(__always)
  var previous: PPMEntry { PPMEntry(address - Self.byteCount) }
  @inline(__always)
  subscript(index: Int) -> PPMEntry { PPMEntry(address + Self.byteCount &* index) }

  /// The 6 bytes out of memory.
  struct Value {
    var symbolAndFrequency: UInt16
    var successor: UInt32
  }

  @inline(__always)
  var value: Value {
    get {
      Value(
        symbolAndFrequency: address.loadUnaligned(as: UInt16.self), successor: successor)
    }
    nonmutating set {
      address.storeBytes(of: newValue.symbolAndFrequency, as: UInt16.self)
      successor = newValue.successor
    }
  }

  @inline(__always)
  func swap(with other: PPMEntry) {
    let kept = value
    value = other.value
    other.value = kept
  }
}

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

/// A context in the arena, 12 bytes: how many symbols were met in it, the sum of their frequencies and of
/// the escape's, where their entries are, and the context that is one byte shorter.
///
/// A context of one symbol is called binary and holds its entry in place of sum and entries.
struct PPMContext {
  let address: UnsafeMutableRawPointer

  @inline(__always)
  init(_ address: UnsafeMutableRawPointer) { self.address = address }

  @inline(__always)
  var symbolCount: Int {
    get { Int(address.load(as: UInt16.self)) }
    nonmutating set {
      address.storeBytes(of: UInt16(truncatingIfNeeded: newValue), as: UInt16.self)
    }
  }

  /// The sum of all frequencies and of the escape's; not for binary contexts.
  @inline(__always)
  var sum: Int {
    get { Int(address.load(fromByteOffset: 2, as: UInt16.self)) }
    nonmutating set {
      address.storeBytes(
        of: UInt16(truncatingIfNeeded: newValue), toByteOffset: 2, as: UInt16.self)
    }
  }

  /// Offset of the entries; not for binary contexts.
  @inline(__always)
  var entries: UInt32 {
    get { address.load(fromByteOffset: 4, as: UInt32.self) }
    nonmutating set { address.storeBytes(of: newValue, toByteOffset: 4, as: UInt32.self) }
  }

  /// Offset of the context that is one byte shorter; 0 for the empty context.
  @inline(__always)
  var suffix: UInt32 {
    get { address.load(fromByteOffset: 8, as: UInt32.self) }
    nonmutating set { address.storeBytes(of: newValue, toByteOffset: 8, as: UInt32.self) }
  }

  /// The entry of a binary context.
  @inline(__always)
  var only: PPMEntry { PPMEntry(address + 2) }
}

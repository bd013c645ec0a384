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

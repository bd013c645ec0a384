/// One block of memory, from which a network takes all that it needs when it is made.
final class Arena {
  let base: UnsafeMutableRawPointer
  let bytes: Int

  /// Of `bytes` bytes, all 0.
  init(bytes: Int) {
    self.bytes = bytes
    base = ZeroedMemory.allocate(bytes: bytes)
  }

  deinit { base.deallocate() }

  /// Hands out slices from the beginning.
  var slices: ArenaSlices { ArenaSlices(base) }
}

/// Hands out slices of an arena one after the other, each 64-byte aligned. Asked without an arena it only counts,
/// which is how a network learns how large its arena must be: its layout is written once.
struct ArenaSlices {
  private let base: UnsafeMutableRawPointer?
  /// Handed out so far.
  private(set) var bytes = 0

  init(_ base: UnsafeMutableRawPointer?) { self.base = base }

  /// The next `count` elements. Without an arena the pointer must not be followed.
  mutating func take<Element>(_ count: Int, of type: Element.Type) -> UnsafeMutablePointer<Element>
  {
    let start = base ?? UnsafeMutableRawPointer(bitPattern: 64)!
    let slice = (start + bytes).assumingMemoryBound(to: type)
    bytes += (count * MemoryLayout<Element>.stride + 63) / 64 * 64
    return slice
  }

  mutating func floats(_ count: Int) -> UnsafeMutablePointer<Float> { take(count, of: Float.self) }
}

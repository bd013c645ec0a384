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

  /// An arena as large as `layOut` asks for, and what that lays out in it.
  static func make<Layout>(_ layOut: (inout ArenaSlices) -> Layout) -> (Arena, Layout) {
    let arena = Arena(bytes: ArenaSlices.bytes(of: layOut))
    var slices = arena.slices
    return (arena, layOut(&slices))
  }
}

/// Hands out slices of an arena one after the other, each 64-byte aligned. Asked without an arena it only counts,
/// which is how a network learns how large its arena must be: its layout is written once.
struct ArenaSlices {
  private let base: UnsafeMutableRawPointer?
  /// Handed out so far.
  private(set) var bytes = 0

  init(_ base: UnsafeMutableRawPointer?) { self.base = base }

  /// How many `layOut` asks for.
  static func bytes<Layout>(of layOut: (inout ArenaSlices) -> Layout) -> Int {
    var counted = ArenaSlices(nil)
    _ = layOut(&counted)
    return counted.bytes
  }

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

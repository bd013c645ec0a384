/// Floats at one place for as long as anyone holds them, all 0 at first, the first one aligned to 64 bytes.
package final class FloatBuffer {
  package let base: UnsafeMutablePointer<Float>
  package let count: Int

  /// Room for `count` floats.
  package init(count: Int) {
    let raw = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 4, alignment: 64)
    base = raw.bindMemory(to: Float.self, capacity: max(count, 1))
    base.initialize(repeating: 0, count: max(count, 1))
    self.count = count
  }

  deinit { base.deallocate() }

  /// The floats, for as long as `self` is held.
  package var buffer: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: base, count: count)
  }

  package var byteCount: Int { count * 4 }
}

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Memory for weights, gradients and activations.
package enum ZeroedMemory {
  private static let hugePage = 1 << 21

  /// `bytes` bytes of 0, 64-byte aligned, to be deallocated by who asked for them.
  ///
  /// Large blocks ask Linux for huge pages: products stride over many small ones, which made training 2 to 5 % slower.
  package static func allocate(bytes: Int) -> UnsafeMutableRawPointer {
    let isLarge = bytes >= hugePage
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(bytes, 64), alignment: isLarge ? hugePage : 64)
    #if os(Linux)
    if isLarge { _ = madvise(memory, bytes, Int32(MADV_HUGEPAGE)) }
    #endif
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: max(bytes, 64))
    return memory
  }
}

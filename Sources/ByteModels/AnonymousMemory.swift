package import BPBCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Zeroed memory from the system for a model's large tables, given back in `deinit`.
package struct AnonymousMemory: ~Copyable {
  /// Aligned to a page at least, and to `hugePage` when it is larger than that.
  package let base: UnsafeMutableRawPointer
  package let byteCount: Int
  private let mapping: UnsafeMutableRawPointer
  private let mappedBytes: Int

  private static let hugePage = 1 << 21

  /// - Throws: `methodFailed` when the system refuses.
  package init(bytes: Int) throws(BPBError) {
    let isLarge = bytes >= Self.hugePage
    let mappedBytes = bytes + (isLarge ? Self.hugePage : 0)
    guard let mapping = mmap(nil, mappedBytes, PROT_READ | PROT_WRITE, Self.flags, -1, 0),
      mapping != MAP_FAILED
    else {
      throw BPBError(
        .methodFailed, "there is no memory for a table of \(ByteSize.exact(bytes))",
        advice: "give the method less of it, by 'memory='")
    }
    self.mapping = mapping
    self.mappedBytes = mappedBytes
    byteCount = bytes
    base = isLarge ? mapping.alignedUp(toMultipleOf: Self.hugePage) : mapping
    #if os(Linux)
    if isLarge { _ = madvise(base, bytes, Int32(MADV_HUGEPAGE)) }
    #endif
  }

  deinit { munmap(mapping, mappedBytes) }

  #if os(Linux)
  private static let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
  #else
  private static let flags = MAP_PRIVATE | MAP_ANON
  #endif
}

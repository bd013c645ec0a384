/// The bytes of a model file's body, which stay where they are as long as anyone reads them: a model may
/// use them in place, from a mapped file as well as from memory.
///
/// `@unchecked Sendable`: nobody writes to them.
public final class ModelBytes: @unchecked Sendable {
  /// The first byte, aligned to 64 bytes.
  public let base: UnsafeRawPointer
  public let count: Int
  private let release: @Sendable (UnsafeRawPointer, Int) -> Void

  /// Takes over `count` bytes at `base`; `release` is called with both when nobody needs them any more.
  public init(
    base: UnsafeRawPointer, count: Int, release: @escaping @Sendable (UnsafeRawPointer, Int) -> Void
  ) {
    precondition(Int(bitPattern: base) % 64 == 0, "a model's bytes are aligned to 64")
    self.base = base
    self.count = count
    self.release = release
  }

  /// A copy of `bytes`.
  public convenience init(copying bytes: Span<UInt8>) {
    let copy = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 64)
    bytes.withUnsafeBytes { source in
      if let first = source.baseAddress { copy.copyMemory(from: first, byteCount: source.count) }
    }
    self.init(base: copy, count: bytes.count) { base, _ in base.deallocate() }
  }

  deinit { release(base, count) }

  /// The bytes, for as long as `self` is held.
  public var buffer: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base.assumingMemoryBound(to: UInt8.self), count: count)
  }
}

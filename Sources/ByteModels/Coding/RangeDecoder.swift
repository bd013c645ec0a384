/// The decoder of `RangeEncoder`'s bytes, reading zeros past their end.
///
/// Input may arrive in pieces: `canDecode` says whether enough is there for one more byte's decisions.
public struct RangeDecoder: SymbolCoder, ~Copyable {
  @usableFromInline var code: UInt64 = 0
  @usableFromInline var range: UInt64 = .max
  /// The range of one part, between `target` and `narrow`.
  @usableFromInline var unit: UInt64 = 0
  @usableFromInline var buffer: UnsafeMutablePointer<UInt8>
  @usableFromInline var position = 0
  @usableFromInline var count = 0
  @usableFromInline var capacity: Int
  @usableFromInline var started = false

  /// Coded bytes that the decisions for one byte can use up at most, and 8 to look ahead: 8 bits of 3
  /// bytes each; or, for PPM, one decision of 2 bytes about each of the 256 symbols and 33 choices of 3.
  @usableFromInline static let margin = 640

  /// A decoder that has been given nothing.
  @inlinable
  public init() {
    capacity = 1 << 16
    buffer = .allocate(capacity: capacity)
  }

  deinit { buffer.deallocate() }

  /// Takes more coded bytes.
  @inlinable
  public mutating func append(_ bytes: Span<UInt8>) {
    reserve(bytes.count)
    bytes.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      (buffer + count).update(from: base, count: source.count)
    }
    count += bytes.count
  }

  /// Says that no more bytes will come: from here on the input continues with zeros.
  @inlinable
  public mutating func endInput() {
    reserve(2 * Self.margin)
    (buffer + count).update(repeating: 0, count: 2 * Self.margin)
    count += 2 * Self.margin
  }

  /// Coded bytes given but not used, after `endInput`: an encoder leaves 0 to 8 of those that a decoder
  /// looks ahead, so less means that the input was cut short, more that something follows it.
  @usableFromInline
  var unusedBytes: Int { count - 2 * Self.margin - (position - 8) }

  /// Whether the decisions of one more byte can be read from the input there is.
  @inlinable
  public var canDecode: Bool { count &- position >= Self.margin }

  @inlinable
  public var isExhausted: Bool { !canDecode }

  /// Reads the first bytes of the number, once, when `canDecode`.
  @inlinable
  public mutating func start() {
    guard !started else { return }
    started = true
    code = load()
    position &+= 8
  }

  @inlinable @inline(__always)
  public mutating func code(bit: UInt32, probability: UInt32) -> UInt32 {
    let bound = (range &>> 16) &* UInt64(probability)
    // A branch, not a selection: where the model predicts well so does the processor, and it goes on to
    // the next decision before this one is known.
    if _fastPath(code >= bound) {
      code &-= bound
      range &-= bound
      if range < leastRange { refill() }
      return 0
    }
    range = bound
    if range < leastRange { refill() }
    return 1
  }

  @inlinable
  public mutating func code(byte: UInt8, under next: borrowing ByteDistribution) -> UInt8 {
    let unit = range &>> UInt64(ByteDistribution.totalBits)
    let target = UInt32(truncatingIfNeeded: min(code / unit, UInt64(ByteDistribution.total) &- 1))
    let (found, below) = next.find(target)
    code &-= unit &* UInt64(below)
    range = unit &* UInt64(next[found])
    if range < leastRange { refill() }
    return found
  }

  @inlinable
  public mutating func code(index: Int, among frequencies: Span<UInt32>, total: UInt32) -> Int {
    let target = target(total: total)
    var below: UInt32 = 0
    var found = 0
    while found < frequencies.count - 1 && below &+ frequencies[found] <= target {
      below &+= frequencies[found]
      found += 1
    }
    narrow(below: below, frequency: frequencies[found], total: total)
    return found
  }

  @inlinable
  public static var decodes: Bool { @inline(__always) get { true } }

  @inlinable @inline(__always)
  public mutating func target(total: UInt32) -> UInt32 {
    unit = range / UInt64(total)
    return UInt32(truncatingIfNeeded: min(code / unit, UInt64(total) &- 1))
  }

  @inlinable @inline(__always)
  public mutating func narrow(below: UInt32, frequency: UInt32, total: UInt32) {
    code &-= unit &* UInt64(below)
    range = unit &* UInt64(frequency)
    if range < leastRange { refill() }
  }

  /// Takes in as many bytes as the encoder wrote here.
  @inlinable
  mutating func refill() {
    let settled = range.leadingZeroBitCount &>> 3
    let shift = UInt64(settled &* 8)
    // Eight bytes at `position` are always inside the buffer: see `canDecode`.
    code = (code &<< shift) | (load() &>> (64 &- shift))
    range &<<= shift
    position &+= settled
  }

  @inlinable @inline(__always)
  func load() -> UInt64 {
    UInt64(
      bigEndian: UnsafeRawPointer(buffer + position).loadUnaligned(as: UInt64.self))
  }

  /// Makes room for `more` bytes, dropping those already decoded.
  @usableFromInline
  mutating func reserve(_ more: Int) {
    if position > 0 {
      buffer.update(from: buffer + position, count: count - position)
      count -= position
      position = 0
    }
    guard count + more > capacity else { return }
    while count + more > capacity { capacity *= 2 }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: buffer, count: count)
    buffer.deallocate()
    buffer = larger
  }
}

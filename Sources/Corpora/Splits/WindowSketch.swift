/// Hashes of a sample of a text's windows: enough to tell, without the text, how much of another one stands
/// in it word for word.
///
/// A window is in the sample if its hash says so (A. Z. Broder, "On the resemblance and containment of
/// documents", 1997), so that the same windows are sampled of every text, wherever they stand. The share found
/// of those of another text estimates the share of all its windows.
public struct WindowSketch: Sendable, Equatable {
  /// Bytes in a window; as in `HeldOutOverlap`.
  public static let windowSize = 50
  /// One window in so many is sampled at least, and about so many are kept at most.
  private static let densest = 512
  private static let mostKept = 4096

  /// One window in so many is sampled.
  private let rate: UInt64
  /// Hashes of windows, by half their bits; those of the first `sorted` in ascending order, once each.
  private var kept: [UInt32] = []
  private var sorted = 0
  /// The last bytes, with which the next windows begin.
  private var tail: [UInt8] = []

  /// A sketch of nothing, for a text of `byteCount` bytes.
  public init(byteCount: Int) { rate = UInt64(max(Self.densest, byteCount / Self.mostKept)) }

  /// Adds `bytes`, which follow those before.
  public mutating func add(_ bytes: Span<UInt8>) {
    var text = tail
    bytes.withUnsafeBufferPointer { text.append(contentsOf: $0) }
    Self.sample(text.span, rate) { hash in
      kept.append(hash)
      // What repeats itself is kept once: a text of zeros has one window.
      if kept.count > sorted + 4 * Self.mostKept { tidy() }
    }
    tail = Array(text.suffix(Self.windowSize - 1))
    tidy()
  }

  private mutating func tidy() {
    kept.sort()
    var last: UInt32?
    kept.removeAll { hash in
      defer { last = hash }
      return hash == last
    }
    sorted = kept.count
  }

  /// How many windows of `text` were sampled, and how many of these stand in the text that was added.
  public func shared(with text: Span<UInt8>) -> (windows: Int, found: Int) {
    var windows = 0
    var found = 0
    Self.sample(text, rate) { hash in
      windows += 1
      if contains(hash) { found += 1 }
    }
    return (windows, found)
  }

  private func contains(_ hash: UInt32) -> Bool {
    var (low, high) = (0, kept.count)
    while low < high {
      let middle = (low + high) / 2
      if kept[middle] < hash { low = middle + 1 } else { high = middle }
    }
    return low < kept.count && kept[low] == hash
  }

  /// Hands half of the hash of each window that is in the sample to `body`.
  private static func sample(_ text: Span<UInt8>, _ rate: UInt64, _ body: (UInt32) -> Void) {
    guard text.count >= windowSize else { return }
    let bound = UInt64.max / rate
    var hash = RollingHash(size: windowSize)
    for index in 0..<windowSize { hash.enter(text[index]) }
    for end in windowSize...text.count {
      let mixed = mix(hash.value)
      // The upper bits choose, the lower ones are kept.
      if mixed <= bound { body(UInt32(truncatingIfNeeded: mixed)) }
      if end < text.count { hash.move(past: text[end - windowSize], to: text[end]) }
    }
  }

  /// The finaliser of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    var z = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

extension WindowSketch {
  /// The sketch as bytes: the rate in 8, then each hash in 4, little-endian and ascending.
  public var serialised: [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: rate >> (8 * $0)) }
      + kept.flatMap { hash in (0..<4).map { UInt8(truncatingIfNeeded: hash >> (8 * $0)) } }
  }

  /// The sketch that `serialised` gave as these bytes; nil if it can have given none such.
  public init?(serialised bytes: [UInt8]) {
    guard bytes.count >= 8, bytes.count % 4 == 0 else { return nil }
    rate = bytes[..<8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    kept = stride(from: 8, to: bytes.count, by: 4).map { start in
      bytes[start..<start + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    sorted = kept.count
    guard rate > 0, zip(kept, kept.dropFirst()).allSatisfy(<) else { return nil }
  }
}

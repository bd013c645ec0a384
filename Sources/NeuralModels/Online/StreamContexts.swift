import ByteModels

/// The contexts of the next byte of a stream, as hashes: bytes before it, and words.
struct StreamContexts {
  /// A context that is more than the last bytes.
  enum Words: CaseIterable {
    /// The word that is being written.
    case word
    /// That and the word before it.
    case pair
    /// That and the two words before it.
    case triple
    /// That and the word before the last.
    case skip
    /// The second to the fourth of the last bytes.
    case skippedByte
  }

  /// The last eight bytes, the newest lowest.
  private var last: UInt64 = 0
  private var current = WordHash()
  private var previous: UInt64 = 0
  private var beforePrevious: UInt64 = 0

  mutating func advance(past byte: UInt8) {
    let word = current.value
    current.advance(past: byte)
    if word != 0 && current.value == 0 { (previous, beforePrevious) = (word, previous) }
    last = last << 8 | UInt64(byte)
  }

  /// The number that the last `order` bytes make, 0 to 2 of them.
  func row(order: Int) -> Int { Int(last & ((1 << UInt64(8 * order)) - 1)) }

  /// The hash of the last `order` bytes, 1 to 8 of them.
  func hash(order: Int) -> UInt64 {
    Self.mix(last & (.max >> UInt64(64 - 8 * order)), UInt64(order))
  }

  func hash(_ kind: Words) -> UInt64 {
    // Between words, the byte that parts them says where.
    let word = current.value == 0 ? last & 0xFF : current.value
    return switch kind {
    case .word: Self.mix(word, 9)
    case .pair: Self.mix(word, Self.mix(previous, 10))
    case .triple: Self.mix(word, Self.mix(previous, Self.mix(beforePrevious, 11)))
    case .skip: Self.mix(word, Self.mix(beforePrevious, 12))
    case .skippedByte: Self.mix(last & 0xFFFF_FF00, 13)
    }
  }

  /// A hash whose upper and lower bits depend on every bit of both.
  @inline(__always)
  static func mix(_ value: UInt64, _ salt: UInt64) -> UInt64 {
    var hash = (value ^ salt &* 0xA24B_AED4_963E_E407) &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93
    return (hash ^ hash >> 29) &* 0x9E37_79B9_7F4A_7C15
  }
}

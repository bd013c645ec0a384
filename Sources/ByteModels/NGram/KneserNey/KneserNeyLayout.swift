import BPBCore

/// Where everything is in a model file's body.
///
/// A header of 96 bytes, numbers little-endian: 8 bytes that name the format, the order (1 byte), the bits of a
/// code (1), 14 zeros, and the n-grams of each length (8 bytes each, 8 of them, zeros above the order). Then,
/// if codes have fewer than 24 bits, for each level what its probability codes and its backoff codes stand
/// for, 4 bytes each in the form of `ProbabilityCode`. Then the levels, each beginning at a multiple of 64.
struct KneserNeyLayout {
  let order: Int
  let codeBits: Int
  let shapes: [PackedLevel.Shape]

  static let magic: [UInt8] = Array("bpb-kn\u{0}\u{1}".utf8)
  static let headerBytes = 96
  static let largestOrder = 8

  /// - Parameter counts: the n-grams of each length.
  init(counts: [Int], codeBits: Int) {
    order = counts.count
    self.codeBits = codeBits
    shapes = counts.indices.map { level in
      PackedLevel.Shape(
        count: counts[level], lower: level > 0 ? counts[level - 1] : 0,
        upper: level + 1 < counts.count ? counts[level + 1] : nil, codeBits: codeBits)
    }
  }

  var isQuantised: Bool { codeBits < ProbabilityCode.bits }
  /// Bytes of one table of codes.
  var tableBytes: Int { isQuantised ? 4 << codeBits : 0 }
  /// Where the table of a level's probability codes is; that of its backoffs follows.
  func tableOffset(_ level: Int) -> Int { Self.headerBytes + 2 * level * tableBytes }

  func levelOffset(_ level: Int) -> Int {
    shapes[..<level].reduce(Self.aligned(Self.headerBytes + 2 * order * tableBytes)) {
      Self.aligned($0 + $1.byteCount)
    }
  }

  /// Bytes of the whole body.
  var byteCount: Int { levelOffset(order) }

  private static func aligned(_ offset: Int) -> Int { (offset + 63) & ~63 }
}

extension KneserNeyLayout {
  /// The layout that the header of `body` says.
  ///
  /// - Throws: `badData` if it is no such header, or says another size.
  init(_ body: UnsafeBufferPointer<UInt8>) throws(BPBError) {
    guard body.count >= Self.headerBytes, body[..<8].elementsEqual(Self.magic) else {
      throw BPBError(.badData, "is not the body of a Kneser-Ney model")
    }
    let (order, codeBits) = (Int(body[8]), Int(body[9]))
    guard (1...Self.largestOrder).contains(order),
      Self.codeBitsAllowed.contains(codeBits) || codeBits == ProbabilityCode.bits,
      body[10..<24].allSatisfy({ $0 == 0 })
    else {
      throw BPBError(.badData, "the header of the Kneser-Ney model makes no sense")
    }
    let counts = (0..<Self.largestOrder).map { Self.number(body, at: 24 + 8 * $0) }
    // No record takes less than a byte, so no honest count is above the body's length.
    guard counts[0] == 256, counts[order...].allSatisfy({ $0 == 0 }),
      counts[..<order].allSatisfy({ $0 <= UInt64(body.count) + 256 })
    else {
      throw BPBError(.badData, "the Kneser-Ney model's numbers of n-grams make no sense")
    }
    self.init(counts: counts[..<order].map { Int($0) }, codeBits: codeBits)
    guard byteCount == body.count else {
      throw BPBError(
        .badData, "the Kneser-Ney model has \(body.count) bytes, but says \(byteCount)")
    }
  }

  /// Bits that quantised codes may have.
  static let codeBitsAllowed = 4...12

  private static func number(_ body: UnsafeBufferPointer<UInt8>, at offset: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(body[offset + $1]) << UInt64(8 * $1) }
  }

  /// Writes the header at `base`.
  func writeHeader(_ base: UnsafeMutableRawPointer) {
    base.copyMemory(from: Self.magic, byteCount: 8)
    base.storeBytes(of: UInt8(order), toByteOffset: 8, as: UInt8.self)
    base.storeBytes(of: UInt8(codeBits), toByteOffset: 9, as: UInt8.self)
    for (level, shape) in shapes.enumerated() {
      base.storeBytes(
        of: UInt64(shape.count).littleEndian, toByteOffset: 24 + 8 * level, as: UInt64.self)
    }
  }
}

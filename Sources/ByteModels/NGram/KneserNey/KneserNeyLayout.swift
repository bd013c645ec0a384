import BPBCore

/// Where everything is in a model file's body.
///
/// A header of 96 bytes, numbers little-endian: 8 bytes that name the format, the order (1 byte), the bits of a
/// code (1), 6 zeros, the number of records (8), and for contexts of 0...7 bytes the records before the first
/// of them (8 each, for lengths that the order does not have the number of records), 8 zeros. Then, if codes have
/// fewer than 24 bits, what the codes of probabilities stand for and what those of backoffs do, 4 bytes each in
/// the form of `ProbabilityCode`. Then the records, and 8 zeros so that the last can be read as a word.
///
/// A record is a little-endian number of as few whole bytes as its fields need. A context is a head, with
/// its number of children less one (8 bits), the code of its backoff, and the head of the longest shorter
/// context; then come its children in the order of their bytes, each with its byte (8 bits), the code of its
/// probability, and the head of the longest context that the model has after it.
struct KneserNeyLayout: Equatable {
  let order: Int
  let codeBits: Int
  let records: Int
  /// For each length of contexts how many records come before them.
  let starts: [Int]

  static let magic: [UInt8] = Array("bpb-kn\u{0}\u{1}".utf8)
  static let headerBytes = 96
  static let largestOrder = 8
  /// Bits that quantised codes may have.
  static let codeBitsAllowed = 4...12

  var isQuantised: Bool { codeBits < ProbabilityCode.bits }
  /// Bytes of one table of codes.
  var tableBytes: Int { isQuantised ? 4 << codeBits : 0 }
  var recordsOffset: Int { Self.headerBytes + 2 * tableBytes }
  var placeBits: Int { Int.bitWidth - records.leadingZeroBitCount }
  /// Bytes of a record.
  var width: Int { (8 + codeBits + placeBits + 7) / 8 }
  /// Bytes of the whole body.
  var byteCount: Int { recordsOffset + records * width + 8 }
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
    let numbers = (1..<12).map { Self.number(body, at: 8 * $0) }
    // No record takes less than two bytes, so no honest number is above the body's length.
    guard (1...Self.largestOrder).contains(order),
      Self.codeBitsAllowed.contains(codeBits) || codeBits == ProbabilityCode.bits,
      numbers[0] >> 16 == 0, numbers[10] == 0, numbers.dropFirst().allSatisfy({ $0 <= body.count }),
      numbers[1] >= 257, numbers[1] < 1 << 32, numbers[2] == 0
    else {
      throw BPBError(.badData, "the header of the Kneser-Ney model makes no sense")
    }
    self.order = order
    self.codeBits = codeBits
    records = Int(numbers[1])
    starts = numbers[2..<10].map { Int($0) }
    guard byteCount == body.count else {
      throw BPBError(
        .badData, "the Kneser-Ney model has \(body.count) bytes, but says \(byteCount)")
    }
  }

  private static func number(_ body: UnsafeBufferPointer<UInt8>, at offset: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(body[offset + $1]) << UInt64(8 * $1) }
  }

  /// Writes the header at `base`, whose bytes are zeros.
  func writeHeader(_ base: UnsafeMutableRawPointer) {
    base.copyMemory(from: Self.magic, byteCount: 8)
    base.storeBytes(of: UInt8(order), toByteOffset: 8, as: UInt8.self)
    base.storeBytes(of: UInt8(codeBits), toByteOffset: 9, as: UInt8.self)
    for (place, number) in ([records] + starts).enumerated() {
      base.storeBytes(
        of: UInt64(number).littleEndian, toByteOffset: 16 + 8 * place, as: UInt64.self)
    }
  }
}

import BPBCore
import CKernels
import Testing
import _TestSupport

@testable import ByteModels

/// Bytes that are no text: how long their records and rows are, and what stands above the next byte.
@Suite struct MixRecordTests {
  /// Records of twelve bytes: a number that counts, one that wanders, and a field of few values.
  static func records(count: Int) -> [UInt8] {
    var wandering: UInt16 = 500
    return (0..<count).flatMap { index -> [UInt8] in
      wandering = wandering &+ UInt16(index * 29 % 7) &- 3
      return [
        UInt8(truncatingIfNeeded: index), UInt8(truncatingIfNeeded: index >> 8), 0, 0,
        UInt8(truncatingIfNeeded: wandering), UInt8(wandering >> 8), 1, 0x80,
        UInt8(index % 5 * 3), 7, 0xFF, UInt8(index * 31 % 11),
      ]
    }
  }

  /// Rows of `width` bytes, in each of which a spot has moved by little.
  private static func picture(width: Int, height: Int) -> [UInt8] {
    let marks: Set = [5, 41, 90, 171, 230]
    return (0..<height).flatMap { y -> [UInt8] in
      (0..<width).map { x in
        let place = 7 + y / 5
        return x >= place && x < place + 4
          ? UInt8(0x11 * (x - place + 1)) : marks.contains(x) ? 3 : 0
      }
    }
  }

  /// What is known after `bytes`, and whether they are taken for data.
  private func known(
    after bytes: some Sequence<UInt8>
  ) throws -> (isData: Bool, features: (MixFeature) -> UInt64) {
    let features = MixFeatures()
    let ring = try TextRing(bytes: 1 << 16)
    var text = MixText()
    var records = MixRecords()
    var isData = false
    for byte in bytes {
      ring[text.position] = byte
      text.advance(past: byte)
      isData = records.advance(text, ring, into: features)
    }
    let values = MixFeature.allCases.map { features[$0] }
    return (isData, { values[$0.rawValue] })
  }

  @Test func lengthsOfRecordsAreFound() throws {
    let bytes = Self.records(count: 300)
    for count in bytes.count - 24..<bytes.count {
      let (isData, feature) = try known(after: bytes.prefix(count))
      #expect(isData)
      #expect(feature(.record) == UInt64(bytes[count - 12]) | 12 << 8, "\(count)")
      #expect(feature(.recordBefore) == UInt64(bytes[count - 24]))
      #expect(feature(.recordNext) == UInt64(bytes[count - 11]))
      #expect(feature(.recordColumn) == UInt64(count % 12 | 12 << 16))
    }
  }

  @Test func lengthsOfRowsAreFound() throws {
    let width = 300
    let bytes = Self.picture(width: width, height: 60)
    let count = bytes.count - 250
    let (isData, feature) = try known(after: bytes.prefix(count))
    #expect(isData)
    #expect(feature(.rowColumn) == UInt64(count % width | width << 16))
    #expect(feature(.row) == UInt64(bytes[count - width]))
    #expect(feature(.rowBefore) == UInt64(bytes[count - 2 * width]))
    #expect(feature(.rowNext) == UInt64(bytes[count - width + 1]))
    #expect(feature(.rowLast) == UInt64(bytes[count - width - 1]))
    let slope = bytes[count - width] &+ bytes[count - 1] &- bytes[count - width - 1]
    #expect(feature(.rowSlope) == UInt64(slope))
  }

  @Test func textIsNoData() throws {
    let text = String(repeating: "One, two;\tthree.\r\nЧетыре — пять. 六七\n", count: 40)
    #expect(try !known(after: text.utf8).isData)
    #expect(try !known(after: text.unicodeScalars.map { UInt8($0.value & 0xFF) | 0x60 }).isData)
    // A few bytes of none make no data of it, and after data it is text again.
    #expect(try !known(after: Array(text.utf8) + [0, 1, 2]).isData)
    #expect(try known(after: Self.records(count: 100)).isData)
    #expect(try !known(after: Self.records(count: 100) + Array(text.utf8)).isData)
  }

  /// Contexts of records are what makes records small.
  @Test(arguments: MixLevel.all.map(\.name))
  func recordsGetSmaller(name: String) throws {
    let level = try #require(MixLevel.all.first { $0.name == name })
    var without = level
    without.ofData = []
    for bytes in [Self.records(count: 800), Self.picture(width: 300, height: 60)] {
      let (with, wanting) = try (coded(bytes, level), coded(bytes, without))
      #expect(Double(with) < 0.95 * Double(wanting), "\(with) of \(wanting)")
    }
  }

  private func coded(_ bytes: [UInt8], _ level: MixLevel) throws -> Int {
    let codec = ModelCodec { byteCount throws(BPBError) in
      try MixModel(
        level, memory: 1 << 22, byteCount: byteCount, kernels: MixingKernels.current)
    }
    let coded = try codec.encode(bytes.span)
    #expect(try codec.decode(coded.span, limit: 1 << 20) == bytes)
    return coded.count
  }
}

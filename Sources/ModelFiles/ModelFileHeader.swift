import BPBCore
import Crypto
import FoundationEssentials

/// What stands before the body of a `.bpbm` file; `docs/format.md` specifies it byte by byte.
struct ModelFileHeader {
  /// The version of the format that is written; readers refuse newer ones.
  static let formatVersion: UInt8 = 1
  /// As that of `.bpb` files, with an `M` for their last letter.
  static let magic: [UInt8] = [0x89, 0x42, 0x50, 0x4D, 0x0D, 0x0A, 0x1A, 0x0A]
  /// As much of it as no transfer changes.
  static var name: ArraySlice<UInt8> { magic[..<4] }
  /// Bytes before the metadata.
  static let fixedSize = 64
  static let checkSize = 8
  /// The body begins at a multiple of this, in the file and, where it is mapped, in memory.
  static let alignment = 64
  static let statePosition = 9
  static let isUnfinished: UInt8 = 0
  static let isWhole: UInt8 = 1
  /// Most bytes of metadata, and of a sketch.
  static let longestText = 1 << 26
  static let longestSketch = 1 << 20

  /// Everything before the check, as it stands in a whole file.
  let checkedBytes: [UInt8]

  /// The header of a file with this content.
  ///
  /// - Throws: `badData` for numbers that JSON cannot hold, `usage` for metadata that are too long.
  init(_ metadata: ModelMetadata, sketch: [UInt8], body: Span<UInt8>) throws(BPBError) {
    let text = try Self.json(metadata)
    guard text.count <= Self.longestText, sketch.count <= Self.longestSketch else {
      throw BPBError(
        .usage, "the corpus has more files than a model file can name", advice: "pack them first")
    }
    var bytes = Self.magic + [Self.formatVersion, Self.isWhole, 0, 0]
    bytes += Self.littleEndian(text.count, width: 4) + Self.littleEndian(sketch.count, width: 4)
    bytes += [0, 0, 0, 0] + Self.littleEndian(body.count, width: 8)
    bytes += body.withUnsafeBytes { Array(SHA256.hash(data: $0)) }
    checkedBytes = bytes + text + sketch
  }

  /// The header as it stands in a file whose body is not there yet, filled up to the body's place.
  var unfinished: [UInt8] {
    var bytes = checkedBytes + SHA256.hash(data: checkedBytes).prefix(Self.checkSize)
    bytes[Self.statePosition] = Self.isUnfinished
    return bytes + [UInt8](repeating: 0, count: Self.padding(after: bytes.count))
  }

  /// Zeros between the check and the body.
  static func padding(after count: Int) -> Int { -count & (alignment - 1) }

  private static func json(_ metadata: ModelMetadata) throws(BPBError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return try Array(encoder.encode(metadata))
    } catch {
      throw BPBError(.badData, "the model's metadata hold a number that JSON cannot write")
    }
  }

  private static func littleEndian(_ value: Int, width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}

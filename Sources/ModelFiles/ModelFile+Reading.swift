public import BPBCore
import Crypto
import FoundationEssentials

extension ModelFile {
  /// Whether a file that begins with `bytes` means to be one of these: also where its end of line was
  /// changed on the way here.
  public static func recognises(_ bytes: Span<UInt8>) -> Bool {
    let name = ModelFileHeader.name
    return bytes.count >= name.count && name.indices.allSatisfy { bytes[$0] == name[$0] }
  }

  /// Reads and checks a file that is mapped, or in memory. The body stays where it is.
  ///
  /// Every byte is looked at: the checksum over the body takes a second for a gigabyte or two. Nothing is
  /// allocated by a length that the file announces.
  /// - Throws: `badData` with a sentence for whatever is wrong with the file.
  public init(_ file: ModelBytes) throws(BPBError) {
    let bytes = UnsafeRawBufferPointer(file.buffer)
    let layout = try ModelFileLayout(bytes)
    let hash = SHA256.hash(data: UnsafeRawBufferPointer(rebasing: bytes[layout.body]))
    guard hash.elementsEqual(layout.bodyHash) else {
      throw BPBError(
        .badData, "the model is damaged: its bytes are others than were written (checksum differs)",
        advice: "get a fresh copy of the file")
    }
    do {
      metadata = try JSONDecoder().decode(ModelMetadata.self, from: Data(bytes[layout.metadata]))
    } catch {
      throw BPBError(
        .badData, "what the file says of its model cannot be understood", advice: "train it again")
    }
    sketch = Array(bytes[layout.sketch])
    identity = layout.identity
    // The closure holds the file for as long as its body is used.
    self.body = ModelBytes(base: file.base + layout.body.lowerBound, count: layout.body.count) {
      _, _ in withExtendedLifetime(file) {}
    }
  }
}

/// Where the parts of a file lie, found and checked.
struct ModelFileLayout {
  let metadata: Range<Int>
  let sketch: Range<Int>
  let body: Range<Int>
  let bodyHash: Slice<UnsafeRawBufferPointer>
  /// SHA-256 of the header up to its check, in hexadecimal.
  let identity: String

  /// - Throws: `badData` unless `file` is whole, as far as its header tells.
  init(_ file: UnsafeRawBufferPointer) throws(BPBError) {
    try Self.checkBeginning(file)
    let textCount = Self.number(file[12..<16])
    let sketchCount = Self.number(file[16..<20])
    guard textCount <= ModelFileHeader.longestText, sketchCount <= ModelFileHeader.longestSketch
    else { throw Self.damage }
    let start = ModelFileHeader.fixedSize
    metadata = start..<start + Int(textCount)
    sketch = metadata.upperBound..<metadata.upperBound + Int(sketchCount)
    let headerEnd = sketch.upperBound + ModelFileHeader.checkSize
    guard headerEnd <= file.count else { throw Self.cutHeader }
    let hash = SHA256.hash(data: UnsafeRawBufferPointer(rebasing: file[..<sketch.upperBound]))
    guard hash.prefix(ModelFileHeader.checkSize).elementsEqual(file[sketch.upperBound..<headerEnd])
    else { throw Self.damage }
    let bodyStart = headerEnd + ModelFileHeader.padding(after: headerEnd)
    body = try Self.body(of: file, from: bodyStart, announced: Self.number(file[24..<32]))
    guard file[headerEnd..<bodyStart].allSatisfy({ $0 == 0 }) else { throw Self.damage }
    bodyHash = file[32..<64]
    identity = SafeText.hex(Array(hash))
  }

  /// Checks what must be known before any other field may be read.
  private static func checkBeginning(_ file: UnsafeRawBufferPointer) throws(BPBError) {
    guard !file.isEmpty else {
      throw BPBError(.badData, "the file is empty", advice: "get the whole file")
    }
    guard file.starts(with: ModelFileHeader.name) else {
      throw BPBError(
        .badData, "this is not a model file", advice: "name one that 'bpb train' wrote")
    }
    guard file.count >= ModelFileHeader.fixedSize else { throw cutHeader }
    guard file.starts(with: ModelFileHeader.magic) else {
      throw BPBError(
        .badData, "the file's first bytes are damaged, as by a transfer that changes line ends",
        advice: "copy the file again, in binary mode")
    }
    try checkVersion(file[8], flags: file[10..<12])
    guard file[9] != ModelFileHeader.isUnfinished else {
      throw BPBError(
        .badData, "the file is unfinished: whoever wrote it was stopped", advice: "train it again")
    }
  }

  private static func checkVersion(
    _ version: UInt8, flags: Slice<UnsafeRawBufferPointer>
  ) throws(BPBError) {
    guard version > 0 else { throw damage }
    guard version <= ModelFileHeader.formatVersion else {
      throw BPBError(
        .badData,
        "the model file has format version \(version), and this bpb reads versions up to "
          + "\(ModelFileHeader.formatVersion)", advice: "use a newer bpb")
    }
    guard flags.allSatisfy({ $0 == 0 }) else {
      throw BPBError(
        .badData,
        "the model file has flags 0x\(SafeText.hex(Array(flags))), which this bpb does not know",
        advice: "use a newer bpb")
    }
  }

  /// The body, which must end where the file ends.
  private static func body(
    of file: UnsafeRawBufferPointer, from start: Int, announced: UInt64
  ) throws(BPBError) -> Range<Int> {
    guard let count = Int(exactly: announced), count <= Int.max - start else { throw damage }
    guard start + count <= file.count else {
      throw BPBError(
        .badData, "the file ends early: \(start + count - file.count) more bytes should follow",
        advice: "get the whole file")
    }
    guard start + count == file.count else {
      throw BPBError(
        .badData, "the file goes on after its end", advice: "get a fresh copy of the file")
    }
    return start..<start + count
  }

  private static var damage: BPBError {
    BPBError(.badData, "the model file's header is damaged", advice: "get a fresh copy of the file")
  }

  private static var cutHeader: BPBError {
    BPBError(.badData, "the model file ends inside its header", advice: "get the whole file")
  }

  private static func number(_ littleEndian: Slice<UnsafeRawBufferPointer>) -> UInt64 {
    littleEndian.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

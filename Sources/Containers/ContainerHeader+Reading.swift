public import BPBCore

extension ContainerHeader {
  /// Reads and checks a header; `source` is left at the first byte of the payload.
  ///
  /// - Throws: `badData` with a sentence about the file, or whatever `source` throws.
  public init(from source: ByteSource) throws(BPBError) {
    var bytes: [UInt8] = []
    try Self.read(Self.magic.count + 2, from: source, into: &bytes)
    try Self.checkVersion(bytes[Self.magic.count])
    let method = try Self.readText(from: source, into: &bytes)
    let version = try Self.readText(from: source, into: &bytes)
    let numbers = try Self.read(16 + Self.checksumSize, from: source, into: &bytes)
    let check = Checksum.prefix(Self.headerCheckSize, of: bytes)
    guard try Array(Self.read(check.count, from: source, into: &bytes)) == check else {
      throw Self.damage
    }
    try Self.checkFlags(bytes[Self.magic.count + 1])
    let (start, middle) = (numbers.startIndex, numbers.startIndex + 8 + Self.checksumSize)
    try self.init(
      method: Self.decode(method), methodVersion: version.isEmpty ? nil : Self.decode(version),
      byteCount: Self.length(numbers[start..<start + 8]))
    checksum = Array(numbers[start + 8..<middle])
    codedByteCount = try Self.length(numbers[middle...])
  }

  private static var damage: BPBError {
    BPBError(.badData, "the file's header is damaged", advice: "get a fresh copy of the file")
  }

  /// Appends exactly `count` bytes and returns them. `count` is bounded, however damaged the file.
  @discardableResult
  private static func read(
    _ count: Int, from source: ByteSource, into bytes: inout [UInt8]
  ) throws(BPBError) -> ArraySlice<UInt8> {
    let start = bytes.count
    while bytes.count < start + count {
      let piece = try source(start + count - bytes.count)
      bytes += piece
      try checkMagic(bytes)
      guard !piece.isEmpty else {
        throw BPBError(
          .badData, bytes.isEmpty ? "the file is empty" : "the file ends inside its header",
          advice: "get the whole file")
      }
    }
    return bytes[start...]
  }

  private static func readText(
    from source: ByteSource, into bytes: inout [UInt8]
  ) throws(BPBError) -> ArraySlice<UInt8> {
    let count = value(of: try read(2, from: source, into: &bytes))
    guard count <= longestText else { throw damage }
    return try read(Int(count), from: source, into: &bytes)
  }

  private static func checkMagic(_ bytes: [UInt8]) throws(BPBError) {
    guard !zip(bytes, magic).allSatisfy(==) else { return }
    guard bytes.dropFirst().starts(with: magic[1..<4]) else {
      throw BPBError(.badData, "this is not a .bpb file")
    }
    throw BPBError(
      .badData, "the file's first bytes are damaged, as by a transfer that changes line ends",
      advice: "copy the file again, in binary mode")
  }

  private static func checkVersion(_ version: UInt8) throws(BPBError) {
    guard version > 0 else { throw damage }
    guard version <= formatVersion else {
      throw BPBError(
        .badData,
        "the file has format version \(version), and this bpb reads versions up to \(formatVersion)",
        advice: "use a newer bpb")
    }
  }

  private static func checkFlags(_ flags: UInt8) throws(BPBError) {
    guard flags == 0 else {
      throw BPBError(
        .badData,
        "the file has flags 0x\(SafeText.hex([flags])), which this bpb does not know",
        advice: "use a newer bpb")
    }
  }

  private static func decode(_ bytes: ArraySlice<UInt8>) throws(BPBError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw BPBError(
        .badData, "the file names '\(SafeText.escape(bytes: bytes))', which is not text")
    }
    return text
  }

  private static func length(_ bytes: ArraySlice<UInt8>) throws(BPBError) -> Int {
    guard let length = Int(exactly: value(of: bytes)) else {
      throw BPBError(.badData, "the file announces \(value(of: bytes)) bytes, which is impossible")
    }
    return length
  }

  private static func value(of littleEndian: ArraySlice<UInt8>) -> UInt64 {
    littleEndian.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

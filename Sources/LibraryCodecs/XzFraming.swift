/// What of an .xz file is not LZMA2 data, by the .xz file format (tukaani.org, version 1.2.0).
///
/// Counted as framing: stream header (12 bytes), block header, block padding, check (8), index, stream
/// footer (12). An empty input makes no block: its 32 bytes are framing throughout.
enum XzFraming {
  private static let streamHeader = 12
  private static let footer = 12
  private static let check = 8

  /// Framing bytes of a whole .xz file of at most one block.
  static func byteCount(of file: CodedEdges) -> Int {
    file.byteCount - (dataBytes(of: file) ?? 0)
  }

  /// Bytes of LZMA2 data: what the index says of the block, less its header and check. nil without a
  /// block.
  private static func dataBytes(of file: CodedEdges) -> Int? {
    // The index: 0, number of records, then for each its size without padding and its raw size.
    let index = file.tail.suffix(indexBytes(file.tail) + footer)
    var numbers = index.dropFirst()
    guard readNumber(&numbers) == 1, let unpadded = readNumber(&numbers) else { return nil }
    let blockHeader = (Int(file.head[streamHeader]) + 1) * 4
    return unpadded - blockHeader - check
  }

  /// The footer's "backward size": CRC (4 bytes), size in units of 4 less one, flags (2), magic (2).
  private static func indexBytes(_ tail: [UInt8]) -> Int {
    let field = tail.suffix(footer).dropFirst(4).prefix(4)
    return (field.reversed().reduce(0) { $0 << 8 | Int($1) } + 1) * 4
  }

  /// A number in groups of 7 bits, the lowest first; nil if it does not end.
  private static func readNumber(_ bytes: inout ArraySlice<UInt8>) -> Int? {
    var value = 0
    for shift in stride(from: 0, to: 63, by: 7) {
      guard let byte = bytes.popFirst() else { return nil }
      value |= Int(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
}

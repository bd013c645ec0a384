public import BPBCore

/// Writing and reading of `.bpb` files: any method's coded bytes, with what is needed to decode them.
public enum Container {
  /// Encodes an input and writes the file.
  ///
  /// Raw bytes stream; coded ones are kept in memory until their number is known, because it stands
  /// before them. Nothing is written if encoding fails.
  /// - Parameters:
  ///   - byteCount: exactly how many bytes `deliver` will deliver.
  ///   - deliver: hands the input to the sink that it is given.
  ///   - output: takes the file, in pieces of bounded size; and before it now and then none, so that it can stop long work.
  /// - Returns: the header that was written.
  /// - Throws: `inputOutput` if the input is not of the length announced; whatever the codec,
  ///   `deliver` and `output` throw.
  @discardableResult
  public static func write(
    _ method: Method, byteCount: Int, from deliver: (ByteSink) throws(BPBError) -> Void,
    to output: @escaping ByteSink
  ) throws(BPBError) -> ContainerHeader {
    var header = try ContainerHeader(
      method: method.decodingName ?? method.name, methodVersion: method.version,
      byteCount: byteCount)
    let encoder = try method.codec.makeEncoder(byteCount: byteCount)
    var original = Checksum()
    var payload: [UInt8] = []
    let keep: ByteSink = { bytes throws(BPBError) in
      payload.append(bytes)
      try PieceSize.pause(output)
    }
    try deliver { piece throws(BPBError) in
      original.update(piece)
      try encoder.push(piece, to: keep)
    }
    guard original.byteCount == byteCount else {
      throw BPBError(
        .inputOutput, "\(original.byteCount) bytes came where there were \(byteCount)",
        advice: "do not change the input while it is read")
    }
    try encoder.finish(to: keep)
    header.checksum = original.prefix(ContainerHeader.checksumSize)
    header.codedByteCount = payload.count
    let start = header.serialised
    try output(start.span)
    try handOut(payload, to: output)
    return header
  }

  /// Decodes a file.
  ///
  /// Decoded bytes are handed out before the checksum is known: whoever takes them must discard them
  /// if this throws. Nothing is allocated by lengths that the file announces.
  /// - Parameters:
  ///   - source: delivers the file.
  ///   - lookup: the method of a name; the name comes from the file.
  ///   - sink: takes the decoded bytes.
  /// - Returns: the header.
  /// - Throws: `badData` with a sentence for whatever is wrong with the file; whatever else the codec,
  ///   `source`, `lookup` and `sink` throw.
  @discardableResult
  public static func read(
    from source: ByteSource, method lookup: (String) throws(BPBError) -> Method,
    to sink: ByteSink
  ) throws(BPBError) -> ContainerHeader {
    let header = try ContainerHeader(from: source)
    let method = try find(header, lookup)
    let decoder = try method.codec.makeDecoder()
    var restored = Checksum()
    func check(_ piece: Span<UInt8>) throws(BPBError) {
      guard piece.count <= header.byteCount - restored.byteCount else {
        throw BPBError(.badData, "it decodes to more than the \(header.byteCount) bytes announced")
      }
      restored.update(piece)
      try sink(piece)
    }
    try passPayload(of: header, from: source) { piece throws(BPBError) in
      try explain(header, method) { () throws(BPBError) in try decoder.push(piece, to: check) }
    }
    try explain(header, method) { () throws(BPBError) in
      try decoder.finish(to: check)
      try compare(restored, with: header)
    }
    return header
  }

  /// Reads the header and checks that the file is as long as it says, without decoding.
  ///
  /// - Throws: `badData` as `read` does; whatever `source` throws.
  public static func inspect(_ source: ByteSource) throws(BPBError) -> ContainerHeader {
    let header = try ContainerHeader(from: source)
    try passPayload(of: header, from: source) { _ in }
    return header
  }
}

extension Container {
  private static func handOut(_ bytes: [UInt8], to output: ByteSink) throws(BPBError) {
    for start in stride(from: 0, to: bytes.count, by: pieceSize) {
      try output(bytes.span.extracting(start..<min(start + pieceSize, bytes.count)))
    }
  }

  /// Hands on the payload, which must end where the file ends.
  private static func passPayload(
    of header: ContainerHeader, from source: ByteSource, to sink: ByteSink
  ) throws(BPBError) {
    var missing = header.codedByteCount
    while missing > 0 {
      let piece = try source(min(missing, pieceSize))
      guard !piece.isEmpty else {
        throw BPBError(
          .badData, "the file ends early: \(missing) more bytes should follow",
          advice: "get the whole file")
      }
      missing -= piece.count
      try sink(piece.span)
    }
    guard try source(1).isEmpty else {
      throw BPBError(
        .badData, "the file goes on after its end", advice: "get a fresh copy of the file")
    }
  }

  private static func find(
    _ header: ContainerHeader, _ lookup: (String) throws(BPBError) -> Method
  ) throws(BPBError) -> Method {
    let name = SafeText.escape(header.method)
    let method: Method
    do throws(BPBError) {
      method = try lookup(header.method)
    } catch {
      guard [.usage, .noInput, .badData].contains(error.code) else { throw error }
      throw BPBError(
        error.code == .usage ? .badData : error.code,
        "the file needs the method '\(name)'\(version(of: header)), which cannot be had: "
          + (error.code == .usage ? "" : (error.subject ?? "") + " ") + error.problem,
        advice: error.advice)
    }
    guard !method.needsSameVersion || method.version == header.methodVersion else {
      throw BPBError(
        .badData,
        "the file needs the method '\(name)'\(version(of: header)), and here that is "
          + "'\(SafeText.escape(method.version ?? "unknown"))'",
        advice: "get the model that it was coded with")
    }
    return method
  }

  /// The version that coded, as a clause, where that decides what can decode.
  private static func version(of header: ContainerHeader) -> String {
    header.methodVersion.map { " of version '\(SafeText.escape($0))'" } ?? ""
  }

  private static func compare(
    _ restored: Checksum, with header: ContainerHeader
  ) throws(BPBError) {
    guard restored.byteCount == header.byteCount else {
      throw BPBError(
        .badData, "it decodes to \(restored.byteCount) bytes, not the \(header.byteCount) announced"
      )
    }
    guard restored.prefix(ContainerHeader.checksumSize) == header.checksum else {
      throw BPBError(.badData, "it decodes to other bytes than were encoded (checksum differs)")
    }
  }

  /// Says of a `badData` error in `body` that it is the payload's, and what may have caused it.
  private static func explain(
    _ header: ContainerHeader, _ method: Method, _ body: () throws(BPBError) -> Void
  ) throws(BPBError) {
    do throws(BPBError) {
      try body()
    } catch {
      guard error.code == .badData else { throw error }
      throw BPBError(
        .badData, "the file's payload is damaged: \(error.problem)",
        advice: header.versionWarning(decodingWith: method) ?? "get a fresh copy of the file")
    }
  }
}

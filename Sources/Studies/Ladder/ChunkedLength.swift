import BPBCore

/// What a text takes in chunks that know nothing of each other: coders of any reach on the same footing, as in Delétang et
/// al., "Language Modeling Is Compression" (2023). What a model needs once, and headers, count once.
struct ChunkedLength {
  static let chunk = 2048

  /// In bytes; every chunk was decoded.
  let byteCount: Int

  /// Each chunk as a file of its own.
  init(
    of text: [UInt8], by codec: any Codec, pause: () throws(BPBError) -> Void
  ) throws(BPBError) {
    var (sum, framing) = (0, 0)
    for chunk in Self.chunks(of: text) {
      try pause()
      let file = try CodedFile(of: chunk, by: codec)
      sum += file.bytes.count - file.framingBytes
      framing = max(framing, file.framingBytes)
    }
    byteCount = sum + framing
  }

  /// The model of `file` once, and each chunk's residual under it.
  init(
    of text: [UInt8], under file: TwoPartFile, pause: () throws(BPBError) -> Void
  ) throws(BPBError) {
    var sum = file.modelBytes + file.framingBytes
    for chunk in Self.chunks(of: text) {
      try pause()
      let residual = file.model.encode(chunk.span)
      guard try file.model.decode(residual.span, byteCount: chunk.count) == chunk else {
        throw BPBError(.methodFailed, "did not verify: a chunk's residual gives other bytes")
      }
      sum += residual.count
    }
    byteCount = sum
  }

  private static func chunks(of text: [UInt8]) -> [[UInt8]] {
    stride(from: 0, to: text.count, by: chunk).map {
      Array(text[$0..<min($0 + chunk, text.count)])
    }
  }
}

import BPBCore

/// The two-part code of a text, as a file that was decoded: there is no other way to make one.
///
/// Its model is restored from the bytes of the file that are charged for it, and what the text takes is told by that
/// model. So an account without its weights cannot be written down by mistake; one that restores a model from elsewhere is
/// caught on random bytes, of which no honest file is shorter than they are.
struct TwoPartFile {
  /// Bytes of the file in all.
  let byteCount: Int
  /// Of those: the model.
  let modelBytes: Int
  /// Of those: lengths, which would be there for any text.
  let framingBytes: Int
  /// -log2 p of each byte of the text under the model of the file.
  let bits: [Double]
  /// As it was read from the file.
  let model: any FrozenModel

  /// The file of `text`, which is not empty.
  ///
  /// - Parameters:
  ///   - described: the model as bytes.
  ///   - restore: makes a model of such bytes, and of nothing else.
  /// - Throws: `methodFailed` if the file does not give the text back; what `restore` throws.
  init(
    of text: [UInt8], model described: [UInt8],
    restore: @escaping @Sendable (Span<UInt8>) throws(BPBError) -> any FrozenModel
  ) throws(BPBError) {
    let codec = TwoPartCodec(carrying: { described }, restore: restore)
    let file = try CodedFile(of: text, by: codec)
    let end = file.framingBytes + file.modelBytes
    let model = try restore(file.bytes.span.extracting(file.framingBytes..<end))
    byteCount = file.bytes.count
    modelBytes = file.modelBytes
    framingBytes = file.framingBytes
    bits = model.score(text.span, blockSize: 1)
    self.model = model
  }
}

/// What a codec makes of a text, decoded and compared.
struct CodedFile {
  let bytes: [UInt8]
  /// Of those: header, trailer and checksum.
  let framingBytes: Int
  /// Of those: a model.
  let modelBytes: Int

  /// - Throws: `methodFailed` if it does not give the text back; what the codec throws.
  init(of text: [UInt8], by codec: any Codec) throws(BPBError) {
    let encoder = try codec.makeEncoder(byteCount: text.count)
    var bytes: [UInt8] = []
    try encoder.push(text.span) { piece in bytes.append(piece) }
    try encoder.finish { piece in bytes.append(piece) }
    guard try codec.decode(bytes.span, limit: text.count) == text else {
      throw BPBError(.methodFailed, "did not verify: its file gives other bytes")
    }
    self.bytes = bytes
    framingBytes = encoder.framingBytes
    modelBytes = encoder.modelBytes
  }
}

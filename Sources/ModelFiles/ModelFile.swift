public import BPBCore

/// A `.bpbm` file: what a method learned, in the form that is quickest to use, and where it came from.
public struct ModelFile: Sendable {
  public let metadata: ModelMetadata
  /// What tells whether a text stands in the training data; see `WindowSketch`. Empty if there is none.
  public let sketch: [UInt8]
  /// What `LearningMethod.open` takes.
  public let body: ModelBytes
  /// SHA-256 of the header, in hexadecimal. It holds that of the body, so that files of one identity are
  /// alike in every byte.
  public let identity: String

  /// Takes bytes and the place in the file where they belong; what is placed later counts.
  public typealias PlacedSink = (Span<UInt8>, _ at: Int) throws(BPBError) -> Void

  private static let pieceSize = 1 << 20

  /// Writes a file.
  ///
  /// It is marked as unfinished until all of it is there. Equal content gives equal bytes.
  /// - Parameters:
  ///   - body: what `Learner.fileBody` gave.
  ///   - output: takes the file in pieces, the last of which is the mark, back at its place in the header.
  /// - Throws: `usage` for more metadata than the format can hold; whatever `output` throws.
  public static func write(
    _ body: Span<UInt8>, metadata: ModelMetadata, sketch: [UInt8], to output: PlacedSink
  ) throws(BPBError) {
    let header = try ModelFileHeader(metadata, sketch: sketch, body: body)
    let start = header.unfinished
    try output(start.span, 0)
    for offset in stride(from: 0, to: body.count, by: pieceSize) {
      let piece = body.extracting(offset..<min(offset + pieceSize, body.count))
      try output(piece, start.count + offset)
    }
    let mark = [ModelFileHeader.isWhole]
    try output(mark.span, ModelFileHeader.statePosition)
  }
}

public import BPBCore
import ByteModels

/// A text codec that may be wrong: what a model can foretell well enough need not be sent.
///
/// Both sides go along the *reconstruction* under a frozen model. Bytes that the model holds too unlikely have no
/// code word, and the likeliest byte stands for them; among the rest the encoder looks for the reconstruction of
/// the least bits + slope × errors. The decoder knows nothing of how it was found: it is a lossless decoder of
/// the reconstruction. Without errors the code is the model's lossless one.
///
/// Entropy-coded search at a fixed slope: E.-h. Yang, Z. Zhang, T. Berger, "Fixed-slope universal lossy data
/// compression" (1997); the M-algorithm as the search: J. B. Anderson, S. Mohan, "Sequential coding algorithms: a
/// survey and cost analysis" (1984).
///
/// Used from one thread at a time, as its model is.
public struct LossyCodec {
  let model: any FrozenModel
  let guide: any FrozenModel
  let search: LossySearch

  /// A codec under `model`, which decoders need, too.
  ///
  /// - Parameters:
  ///   - guide: the model by which the encoder weighs reconstructions, where that is another: a search needs one
  ///     of short memory, as one of n-grams that learned from the same texts, and a network is none. Decoders need
  ///     not have it.
  ///   - search: how the encoder looks for the reconstruction.
  public init(
    _ model: any FrozenModel, guide: (any FrozenModel)? = nil,
    search: LossySearch = .beam(width: 16)
  ) {
    self.model = model
    self.guide = guide ?? model
    self.search = search
  }

  /// A file from which `decode` makes a text of the same length.
  ///
  /// The same text, model, point and search give the same file on every machine. At the lossless point it is the
  /// model's own residual and the header, 8 to 20 bytes.
  public func encode(_ text: [UInt8], at point: OperatingPoint) -> [UInt8] {
    let code = FillCode(point)
    let wishes = search.reconstruction(of: text, under: guide, code, slope: point.slope)
    var coder = RangeEncoder()
    var body = LossyBody(code)
    var place = 0
    _ = model.continuation(of: [UInt8]().span, count: text.count) { frequencies in
      defer { place += 1 }
      return body.code((wishes[place], text[place]), under: frequencies, with: &coder)
    }
    return LossyHeader(byteCount: text.count, code: code).bytes + coder.finished()
  }

  /// The most bytes that `decode` makes unless it is told otherwise: 64 MiB.
  ///
  /// A byte that alone has a code word takes no bits, so a file may stand for any number of them.
  public static let mostBytes = 1 << 26

  /// The reconstruction that `file` stands for.
  ///
  /// - Parameter mostBytes: bytes that it may have at most, since a short file may stand for a long text.
  /// - Throws: `badData` for a file that no encoder wrote, as far as that shows: with another model than the
  ///   encoder's the text is another one, and mostly the file ends too early or too late for it.
  public func decode(
    _ file: Span<UInt8>, mostBytes: Int = Self.mostBytes
  ) throws(BPBError) -> [UInt8] {
    let (header, body) = try LossyHeader.reading(file)
    guard header.byteCount <= mostBytes else {
      throw BPBError(
        .badData, "the lossy file stands for \(header.byteCount) bytes, more than \(mostBytes)")
    }
    var coder = RangeDecoder()
    coder.append(file.extracting(body...))
    coder.endInput()
    coder.start()
    let text = decode(header, from: &coder)
    try coder.checkEnd(of: "lossy file", isWhole: text.count == header.byteCount)
    return text
  }

  /// Bytes after which a decoder looks for the first time whether its file has come to an end.
  private static let firstPiece = 1 << 16

  /// The bytes that `coder` has, piece by piece, each as long as all before: a file that says too much is
  /// found out before the time for all of it was spent.
  private func decode(_ header: LossyHeader, from coder: inout RangeDecoder) -> [UInt8] {
    var body = LossyBody(header.code)
    var text: [UInt8] = []
    while text.count < header.byteCount && !coder.isExhausted {
      let piece = min(max(text.count, Self.firstPiece), header.byteCount - text.count)
      text += model.continuation(of: text.span, count: piece) { frequencies in
        body.code((0, 0), under: frequencies, with: &coder)
      }
    }
    return coder.isExhausted ? [] : text
  }
}

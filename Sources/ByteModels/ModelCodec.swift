public import BPBCore

/// The one bridge from the hot waist to the cold one: any byte model as a lossless codec.
///
/// Not generic itself: it keeps closures that its initialiser specialised for the model, because the
/// witness of a generic codec would run unspecialised, at half the speed.
///
/// A coded block is the number of raw bytes (LEB128, its only framing) and a range coder's bytes.
public struct ModelCodec: Codec {
  /// Makes a model for a block of so many raw bytes.
  public typealias Maker<M: ByteModel & ~Copyable> =
    @Sendable (_ byteCount: Int) throws(BPBError) -> M

  @usableFromInline let encoder: @Sendable (Int) throws(BPBError) -> any StreamCoder
  @usableFromInline let decoder: @Sendable (Int) throws(BPBError) -> DecoderBody
  @usableFromInline let scorer: @Sendable (Span<UInt8>) throws(BPBError) -> Double
  @usableFromInline let writer: @Sendable (Int) throws(BPBError) -> any TextWriter
  @usableFromInline let byteScorer: @Sendable (Int) throws(BPBError) -> ByteScorer

  /// A codec whose every block starts with a fresh model.
  ///
  /// - Parameter make: given the block's raw bytes, which the decoder knows too.
  @inlinable
  public init<M: ByteModel & ~Copyable>(_ make: @escaping Maker<M>) {
    encoder = { byteCount throws(BPBError) in
      let session = ModelSession(try make(byteCount), RangeEncoder())
      return ModelEncoder(
        byteCount: byteCount, memory: { session.model.memoryBytes },
        countIfFinished: { session.coder.countIfFinished }
      ) { input, isLast, output in
        session.encode(input, isLast: isLast, into: &output)
      }
    }
    decoder = { byteCount throws(BPBError) in
      let session = ModelSession(try make(byteCount), RangeDecoder())
      return DecoderBody(
        memory: { session.model.memoryBytes },
        decode: { input, want, output in session.decode(input, atMost: want, into: &output) },
        endInput: { session.coder.endInput() },
        unusedBytes: { session.coder.unusedBytes })
    }
    scorer = { input throws(BPBError) in
      var model = try make(input.count)
      var length = IdealLength()
      for i in input.indices { _ = model.code(input[i], with: &length) }
      return length.bits
    }
    writer = { byteCount throws(BPBError) in
      let session = WritingSession(try make(byteCount))
      return ModelWriter(
        learn: { session.learn($0) }, write: { session.write($0, &$1) })
    }
    byteScorer = { byteCount throws(BPBError) in
      let session = ModelSession(try make(byteCount), IdealLength())
      return { input, bits in session.score(input, into: &bits) }
    }
  }

  public func makeEncoder(byteCount: Int) throws(BPBError) -> any StreamCoder {
    try encoder(byteCount)
  }

  public func makeDecoder() -> any StreamCoder { ModelDecoder(make: decoder) }

  public var givesPrefixSizes: Bool { true }

  public func makeWriter(byteCount: Int) throws(BPBError) -> (any TextWriter)? {
    try writer(byteCount)
  }

  /// The ideal length of `input`: sum of -log2 p over its bytes, framing not included.
  public func score(_ input: Span<UInt8>) throws(BPBError) -> CodeLength {
    CodeLength(kind: .ideal, bits: try scorer(input), byteCount: input.count)
  }
}

/// A model and a coder at one stable address for the length of a block.
@usableFromInline
final class ModelSession<M: ByteModel & ~Copyable, C: SymbolCoder & ~Copyable> {
  @usableFromInline var model: M
  @usableFromInline var coder: C

  @inlinable
  init(_ model: consuming M, _ coder: consuming C) {
    self.model = model
    self.coder = coder
  }
}

extension ModelSession where M: ~Copyable, C == RangeEncoder {
  /// Codes `input` and appends the bytes that are settled, all of them if nothing follows.
  @inlinable
  func encode(_ input: Span<UInt8>, isLast: Bool, into output: inout [UInt8]) {
    Self.run(input, &model, &coder)
    if isLast { coder.finish() }
    coder.drain(isLast ? coder.count : coder.settledCount) { output.append(contentsOf: $0) }
  }

  // Static, over `inout` values: the class's properties are accessed once a call, not once a byte.
  @inlinable
  static func run(_ input: Span<UInt8>, _ model: inout M, _ coder: inout C) {
    for i in input.indices { _ = model.code(input[i], with: &coder) }
  }
}

extension ModelSession where M: ~Copyable, C == IdealLength {
  /// Appends the ideal length of each byte of `input`.
  @inlinable
  func score(_ input: Span<UInt8>, into bits: inout [Double]) {
    Self.run(input, &model, into: &bits)
  }

  @inlinable
  static func run(_ input: Span<UInt8>, _ model: inout M, into bits: inout [Double]) {
    for i in input.indices {
      var length = IdealLength()
      _ = model.code(input[i], with: &length)
      bits.append(length.bits)
    }
  }
}

extension ModelSession where M: ~Copyable, C == RangeDecoder {
  /// Takes `input` and appends as many bytes as it settles, at most `want`.
  @inlinable
  func decode(_ input: Span<UInt8>, atMost want: Int, into output: inout [UInt8]) {
    coder.append(input)
    Self.run(atMost: want, &model, &coder, into: &output)
  }

  @inlinable
  static func run(
    atMost want: Int, _ model: inout M, _ coder: inout C, into output: inout [UInt8]
  ) {
    guard coder.canDecode else { return }
    coder.start()
    var produced = 0
    while produced < want && coder.canDecode {
      output.append(model.code(0, with: &coder))
      produced += 1
    }
  }
}

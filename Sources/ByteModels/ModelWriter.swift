public import BPBCore

/// The unspecialised side of a model that writes, as closures: it learns from what it writes as from what it is shown,
/// since a decoder would.
@usableFromInline
final class ModelWriter: TextWriter {
  private let learner: (Span<UInt8>) -> Void
  private let writer: (_ atMost: Int, inout Sampler) -> [UInt8]
  @usableFromInline let learns = true

  @usableFromInline
  init(
    learn: @escaping (Span<UInt8>) -> Void,
    write: @escaping (_ count: Int, inout Sampler) -> [UInt8]
  ) {
    learner = learn
    writer = write
  }

  @usableFromInline
  func learn(_ bytes: Span<UInt8>) { learner(bytes) }

  @usableFromInline
  func write(
    _ count: Int, after prompt: Span<UInt8>, drawing sampling: Sampling, to sink: ByteSink
  ) throws(BPBError) {
    learn(prompt)
    var sampler = Sampler(sampling)
    for start in stride(from: 0, to: count, by: writtenPiece) {
      let piece = writer(min(writtenPiece, count - start), &sampler)
      try sink(piece.span)
    }
  }
}

/// A model that learns a text and writes on, at one stable address.
@usableFromInline
final class WritingSession<M: ByteModel & ~Copyable> {
  @usableFromInline var model: M

  @inlinable
  init(_ model: consuming M) { self.model = model }

  @inlinable
  func learn(_ bytes: Span<UInt8>) { Self.learn(bytes, &model) }

  @inlinable
  func write(_ count: Int, _ sampler: inout Sampler) -> [UInt8] {
    Self.write(count, &model, &sampler)
  }

  // Static, over `inout` values: the class's property is accessed once a call, not once a byte. What the
  // bytes cost on the way is added up and dropped.
  @inlinable
  static func learn(_ bytes: Span<UInt8>, _ model: inout M) {
    var length = IdealLength()
    for i in bytes.indices { _ = model.code(bytes[i], with: &length) }
  }

  @inlinable
  static func write(_ count: Int, _ model: inout M, _ sampler: inout Sampler) -> [UInt8] {
    var text: [UInt8] = []
    while text.count < count { text.append(model.write(by: &sampler)) }
    return text
  }
}

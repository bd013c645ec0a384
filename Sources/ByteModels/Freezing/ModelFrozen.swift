public import BPBCore

/// The unspecialised side of a frozen model, as closures; see `FrozenModel` for what each does.
@usableFromInline
final class ModelFrozen: FrozenModel {
  @usableFromInline
  typealias Decoder = (Span<UInt8>, _ byteCount: Int, _ unusedBytes: inout Int) -> [UInt8]

  @usableFromInline
  typealias Continuer = (Span<UInt8>, _ count: Int, (Span<UInt32>) -> UInt8?) -> [UInt8]

  private let scorer: (Span<UInt8>, Int) -> [Double]
  private let encoder: (Span<UInt8>) -> [UInt8]
  private let decoder: Decoder
  private let guesser: (Span<UInt8>) -> [UInt8]
  private let continuer: Continuer
  private let memory: () -> Int

  @usableFromInline
  init(
    score: @escaping (Span<UInt8>, Int) -> [Double], encode: @escaping (Span<UInt8>) -> [UInt8],
    decode: @escaping Decoder, likeliestBytes: @escaping (Span<UInt8>) -> [UInt8],
    continuation: @escaping Continuer, memory: @escaping () -> Int
  ) {
    scorer = score
    encoder = encode
    decoder = decode
    guesser = likeliestBytes
    continuer = continuation
    self.memory = memory
  }

  @usableFromInline var memoryBytes: Int { memory() }

  @usableFromInline
  func score(_ text: Span<UInt8>, blockSize: Int) -> [Double] {
    precondition(blockSize > 0, "a block has at least one byte")
    return scorer(text, blockSize)
  }

  @usableFromInline
  func encode(_ text: Span<UInt8>) -> [UInt8] { encoder(text) }

  @usableFromInline
  func decode(_ residual: Span<UInt8>, byteCount: Int) throws(BPBError) -> [UInt8] {
    precondition(byteCount >= 0, "a count of bytes is not negative")
    var unusedBytes = 0
    let text = decoder(residual, byteCount, &unusedBytes)
    try Snapshots.check(unusedBytes: text.count < byteCount ? -1 : unusedBytes, of: "residual")
    return text
  }

  @usableFromInline
  func likeliestBytes(in text: Span<UInt8>) -> [UInt8] { guesser(text) }

  @usableFromInline
  func continuation(
    of prompt: Span<UInt8>, count: Int, choosing choose: (Span<UInt32>) -> UInt8?
  ) -> [UInt8] { continuer(prompt, count, choose) }
}

/// A frozen model at one stable address. Every function begins a stream.
@usableFromInline
final class FrozenSession<M: FreezableModel & ~Copyable> {
  @usableFromInline var model: M

  @inlinable
  init(_ model: consuming M) { self.model = model }

  @inlinable
  func score(_ text: Span<UInt8>, blockSize: Int) -> [Double] {
    model.forgetContext()
    var bits: [Double] = []
    var start = 0
    while start < text.count {
      let end = blockSize < text.count - start ? start + blockSize : text.count
      var length = IdealLength()
      Self.run(text.extracting(start..<end), &model, &length)
      bits.append(length.bits)
      start = end
    }
    return bits
  }

  @inlinable
  func encode(_ text: Span<UInt8>) -> [UInt8] {
    model.forgetContext()
    var coder = RangeEncoder()
    Self.run(text, &model, &coder)
    return coder.finished()
  }

  // Static, over `inout` values: the class's property is accessed once a call, not once a byte.
  @inlinable
  static func run<C: SymbolCoder & ~Copyable>(
    _ text: Span<UInt8>, _ model: inout M, _ coder: inout C
  ) {
    for i in text.indices { _ = model.codeFrozen(text[i], with: &coder) }
  }

  /// As many bytes of `byteCount` as `residual` holds.
  @inlinable
  func decode(_ residual: Span<UInt8>, byteCount: Int, unusedBytes: inout Int) -> [UInt8] {
    model.forgetContext()
    var coder = RangeDecoder()
    coder.append(residual)
    coder.endInput()
    coder.start()
    let text = Self.run(byteCount, &model, &coder)
    unusedBytes = coder.unusedBytes
    return text
  }

  @inlinable
  static func run(_ byteCount: Int, _ model: inout M, _ coder: inout RangeDecoder) -> [UInt8] {
    var text: [UInt8] = []
    while text.count < byteCount && coder.canDecode {
      text.append(model.codeFrozen(0, with: &coder))
    }
    return text
  }
}

extension FrozenSession where M: ~Copyable {
  @inlinable
  func likeliestBytes(in text: Span<UInt8>) -> [UInt8] {
    model.forgetContext()
    return Self.guess(text, &model)
  }

  @inlinable
  static func guess(_ text: Span<UInt8>, _ model: inout M) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: text.count) { guesses, count in
      for i in text.indices {
        guesses[i] = model.likeliestByte()
        model.advance(past: text[i])
      }
      count = text.count
    }
  }

  @inlinable
  func continuation(
    of prompt: Span<UInt8>, count: Int, choosing choose: (Span<UInt32>) -> UInt8?
  ) -> [UInt8] {
    model.forgetContext()
    for i in prompt.indices { model.advance(past: prompt[i]) }
    var chosen: [UInt8] = []
    var next = ByteDistribution()
    for _ in 0..<count {
      model.fillDistribution(&next)
      guard let byte = next.withFrequencies(choose) else { break }
      model.advance(past: byte)
      chosen.append(byte)
    }
    return chosen
  }
}

public import BPBCore

/// Raw bytes between two calls of a sink: what is slow can be stopped there.
private let pieceSize = 1 << 13

/// The unspecialised side of a model's encoder: writes the framing and passes pieces on.
@usableFromInline
final class ModelEncoder: StreamCoder {
  @usableFromInline
  typealias Body = (_ input: Span<UInt8>, _ isLast: Bool, _ output: inout [UInt8]) -> Void

  private let body: Body
  private let bodyCountIfFinished: () -> Int
  private let announced: Int
  private var count: ByteCountGuard
  private var output: [UInt8]
  private var handedOut = 0
  private var isFinished = false
  private let memory: () -> Int
  @usableFromInline var peakMemory: Int { memory() }
  @usableFromInline let framingBytes: Int

  @usableFromInline
  init(
    byteCount: Int, memory: @escaping () -> Int, countIfFinished: @escaping () -> Int,
    body: @escaping Body
  ) {
    self.body = body
    bodyCountIfFinished = countIfFinished
    announced = byteCount
    count = ByteCountGuard(byteCount: byteCount)
    output = LEB128.encode(byteCount)
    framingBytes = output.count
    self.memory = memory
  }

  @usableFromInline
  func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) {
    try count.take(input.count)
    for start in stride(from: 0, to: input.count, by: pieceSize) {
      body(input.extracting(start..<min(start + pieceSize, input.count)), false, &output)
      try handOut(to: sink)
    }
  }

  @usableFromInline
  func finish(to sink: ByteSink) throws(BPBError) {
    try count.finish()
    isFinished = true
    body([UInt8]().span, true, &output)
    try handOut(to: sink)
  }

  /// A shorter block's length field may be shorter too; what the range coder holds and would add to
  /// end is known without ending it.
  @usableFromInline
  var byteCountIfFinished: Int? {
    guard !isFinished else { return handedOut }
    let coded = handedOut + output.count - framingBytes + bodyCountIfFinished()
    return LEB128.encode(announced - count.remaining).count + coded
  }

  private func handOut(to sink: ByteSink) throws(BPBError) {
    let ready = output
    output = []
    handedOut += ready.count
    try sink(ready.span)
  }
}

/// The specialised side of a model's decoder, as closures.
@usableFromInline
struct DecoderBody {
  /// The most bytes that the model has had allocated.
  @usableFromInline let memory: () -> Int
  /// Takes coded bytes and appends the raw bytes that they settle, at most so many.
  @usableFromInline let decode: (Span<UInt8>, _ atMost: Int, _ output: inout [UInt8]) -> Void
  /// Says that no coded bytes will follow.
  @usableFromInline let endInput: () -> Void
  /// Coded bytes that were not used, after `endInput`; see `RangeDecoder.unusedBytes`.
  @usableFromInline let unusedBytes: () -> Int

  @usableFromInline
  init(
    memory: @escaping () -> Int, decode: @escaping (Span<UInt8>, Int, inout [UInt8]) -> Void,
    endInput: @escaping () -> Void, unusedBytes: @escaping () -> Int
  ) {
    self.memory = memory
    self.decode = decode
    self.endInput = endInput
    self.unusedBytes = unusedBytes
  }
}

/// The unspecialised side of a model's decoder: reads the framing and checks the end.
final class ModelDecoder: StreamCoder {
  private let make: @Sendable (Int) throws(BPBError) -> DecoderBody
  private var body: DecoderBody?
  private var header: [UInt8] = []
  private var remaining = 0
  var peakMemory: Int { body?.memory() ?? 0 }
  var framingBytes: Int { 0 }

  init(make: @escaping @Sendable (Int) throws(BPBError) -> DecoderBody) { self.make = make }

  func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) {
    var start = 0
    while body == nil && start < input.count {
      header.append(input[start])
      start += 1
      if header.last! < 0x80 || header.count > 9 { try begin() }
    }
    try decode(input.extracting(start...), to: sink)
  }

  func finish(to sink: ByteSink) throws(BPBError) {
    guard let body else {
      throw BPBError(.badData, "the coded block ends inside its length field")
    }
    body.endInput()
    try decode([UInt8]().span, to: sink)
    guard remaining == 0, body.unusedBytes() >= 0 else {
      throw BPBError(.badData, "the coded block ends before its last byte")
    }
    guard body.unusedBytes() <= 8 else {
      throw BPBError(.badData, "the coded block goes on after its last byte")
    }
  }

  private func begin() throws(BPBError) {
    guard let length = LEB128.decode(header) else {
      throw BPBError(.badData, "the coded block's length field makes no sense")
    }
    remaining = length
    body = try make(length)
  }

  private func decode(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) {
    guard let body else { return }
    var input = input
    var output: [UInt8] = []
    while true {
      body.decode(input, min(remaining, pieceSize), &output)
      input = input.extracting(first: 0)
      guard !output.isEmpty else { return }
      remaining -= output.count
      try sink(output.span)
      output.removeAll(keepingCapacity: true)
    }
  }
}

import BPBCore

/// An engine as the encoder of one block.
final class LibraryEncoder: StreamCoder {
  private let pump: EnginePump
  private var count: ByteCountGuard
  private var edges = CodedEdges()
  private let framing: (CodedEdges) -> Int

  /// - Parameter framing: how many bytes of a whole coded block are header, trailer and checksum.
  init(
    _ engine: any LibraryEngine, byteCount: Int, framing: @escaping (CodedEdges) -> Int
  ) {
    pump = EnginePump(engine)
    count = ByteCountGuard(byteCount: byteCount)
    self.framing = framing
  }

  func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) {
    try count.take(input.count)
    // A library that hears of the end together with the last bytes can close its last block there.
    try run(input, isLast: count.remaining == 0, to: sink)
  }

  func finish(to sink: ByteSink) throws(BPBError) {
    try count.finish()
    try run(Span(), isLast: true, to: sink)
  }

  var peakMemory: Int { pump.engine.peakMemory }

  var framingBytes: Int { pump.isAtEnd ? framing(edges) : 0 }

  private func run(_ input: Span<UInt8>, isLast: Bool, to sink: ByteSink) throws(BPBError) {
    _ = try pump.run(input, isLast: isLast) { piece throws(BPBError) in
      edges.append(piece)
      try sink(piece)
    }
  }
}

/// An engine as the decoder of one block.
final class LibraryDecoder: StreamCoder {
  private let pump: EnginePump

  init(_ engine: any LibraryEngine) { pump = EnginePump(engine) }

  func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) {
    let taken = try pump.run(input, isLast: false, to: sink)
    guard taken == input.count else {
      throw BPBError(.badData, "the coded block goes on after its end")
    }
  }

  func finish(to sink: ByteSink) throws(BPBError) {
    guard pump.isAtEnd else {
      throw BPBError(.badData, "the coded block ends before its last byte")
    }
  }

  var peakMemory: Int { pump.engine.peakMemory }

  var framingBytes: Int { 0 }
}

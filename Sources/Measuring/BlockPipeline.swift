import BPBCore

/// Codes one block and decodes it in step, comparing as it goes, so that memory does not grow with the
/// block. What is kept is what the encoder has taken in and the decoder has not yet given back.
struct BlockPipeline: ~Copyable {
  private let encoder: any StreamCoder
  private let decoder: (any StreamCoder)?
  private let clock: any RunClock
  private var comparison = Comparison()
  private(set) var account = BlockAccount()

  init(
    codec: any Codec, byteCount: Int, verifies: Bool, clock: any RunClock
  ) throws(BPBError) {
    let encoder = try codec.makeEncoder(byteCount: byteCount)
    let decoder = verifies ? try codec.makeDecoder() : nil
    self.encoder = encoder
    self.decoder = decoder
    self.clock = clock
  }

  /// Bytes that the block would have if the input ended here; see `StreamCoder`.
  var byteCountIfFinished: Int? { encoder.byteCountIfFinished }

  mutating func push(_ input: Span<UInt8>) throws(BPBError) {
    if decoder != nil { comparison.expect(input) }
    try encode { encoder, sink throws(BPBError) in try encoder.push(input, to: sink) }
  }

  mutating func finish() throws(BPBError) {
    try encode { encoder, sink throws(BPBError) in try encoder.finish(to: sink) }
    account.framingBytes += encoder.framingBytes
    account.sentModelBytes += encoder.modelBytes
    account.memoryBytes = max(encoder.peakMemory, account.memoryBytes)
    guard let decoder else { return }
    try decode { sink throws(BPBError) in try decoder.finish(to: sink) }
    try comparison.finish()
    account.memoryBytes = max(decoder.peakMemory, account.memoryBytes)
  }

  private mutating func encode(
    _ step: (any StreamCoder, ByteSink) throws(BPBError) -> Void
  ) throws(BPBError) {
    var coded: [UInt8] = []
    var count = 0
    let keeps = decoder != nil
    let start = clock.now()
    try step(encoder) { bytes throws(BPBError) in
      count += bytes.count
      if keeps { coded.append(bytes) }
    }
    account.encodeSeconds += clock.now() - start
    account.codedBytes += count
    guard let decoder, !coded.isEmpty else { return }
    try decode { sink throws(BPBError) in try decoder.push(coded.span, to: sink) }
  }

  private mutating func decode(
    _ step: (ByteSink) throws(BPBError) -> Void
  ) throws(BPBError) {
    var comparing = 0.0
    let start = clock.now()
    try step { bytes throws(BPBError) in
      let before = clock.now()
      try comparison.check(bytes)
      comparing += clock.now() - before
    }
    account.decodeSeconds += clock.now() - start - comparing
  }
}

/// What coding some blocks took.
struct BlockAccount {
  var codedBytes = 0
  var framingBytes = 0
  /// Of models that stand in the blocks.
  var sentModelBytes = 0
  var encodeSeconds = 0.0
  var decodeSeconds = 0.0
  /// The most that one encoder or decoder allocated.
  var memoryBytes = 0
  var blocks = 0

  /// Adds one more block's account.
  mutating func add(_ block: BlockAccount) {
    codedBytes += block.codedBytes
    framingBytes += block.framingBytes
    sentModelBytes += block.sentModelBytes
    encodeSeconds += block.encodeSeconds
    decodeSeconds += block.decodeSeconds
    memoryBytes = max(memoryBytes, block.memoryBytes)
    blocks += 1
  }
}

/// Compares decoded bytes with the raw bytes they should be, in the order in which either arrives.
private struct Comparison {
  private var expected: [UInt8] = []
  private var start = 0
  private var position = 0

  mutating func expect(_ bytes: Span<UInt8>) {
    if start > 1 << 20 && start * 2 > expected.count {
      expected.removeFirst(start)
      start = 0
    }
    expected.append(bytes)
  }

  mutating func check(_ decoded: Span<UInt8>) throws(BPBError) {
    guard decoded.count <= expected.count - start else {
      throw Self.error("gives more bytes than were encoded", at: position + expected.count - start)
    }
    if let offset = firstDifference(from: decoded) {
      throw Self.error("gives other bytes", at: position + offset)
    }
    start += decoded.count
    position += decoded.count
    if start == expected.count {
      expected.removeAll(keepingCapacity: true)
      start = 0
    }
  }

  func finish() throws(BPBError) {
    guard start == expected.count else { throw Self.error("ends early", at: position) }
  }

  /// Where `decoded` first differs from the bytes expected next; nil if it does not.
  private func firstDifference(from decoded: Span<UInt8>) -> Int? {
    let wanted = expected.span.extracting(start..<start + decoded.count)
    let isEqual = decoded.withUnsafeBytes { a in wanted.withUnsafeBytes { b in a.elementsEqual(b) }
    }
    return isEqual ? nil : decoded.indices.first { decoded[$0] != wanted[$0] }
  }

  private static func error(_ what: String, at offset: Int) -> BPBError {
    BPBError(
      .methodFailed, "did not verify: decoding \(what) at byte \(offset)",
      advice: "its sizes count for nothing; report this to whoever makes the method")
  }
}

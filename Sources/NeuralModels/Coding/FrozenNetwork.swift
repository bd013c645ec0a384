package import BPBCore
import ByteModels
import CKernels

/// A trained network that learns no more, as a coder. The stream begins as if a line feed stood before it.
///
/// Scoring and encoding know the text and feed many bytes a call; decoding feeds each byte when it is known.
/// The bits are the same, since those of `Network.extend` are.
package final class FrozenNetwork: FrozenModel {
  /// Version of how logits become a code: a change of any coded byte changes it.
  package static let version = "1"

  /// Bytes that are fed at once, where they are known.
  static let chunk = 128

  let kernels: Kernels
  /// Bytes that the network's weights take.
  private let weightsBytes: Int
  private var stream: NetworkStream
  /// The last byte of the stream so far, which the network has not been fed.
  private var last = TextStart.byte
  /// What logits are multiplied by: 1 / temperature.
  private let sharpness: Float
  private let logits: UnsafeMutablePointer<Float>
  private let frequencies: UnsafeMutablePointer<UInt32>

  /// The coder of a network with these weights, which are packed for coding.
  ///
  /// - Parameters:
  ///   - stride: see `NetworkStream`.
  ///   - temperature: what logits are divided by, above 0: above 1 the network is taken to be surer than it
  ///     ought to be (Guo et al., "On calibration of modern neural networks", 2017). Part of the model: a
  ///     decoder has to know it.
  package convenience init(
    _ weights: Weights, stride: Int? = nil, temperature: Float = 1, kernels: Kernels = .best
  ) {
    let architecture = weights.architecture
    let network = architecture.makeNetwork(
      weights: weights, kernels: kernels, sequences: 1, time: Self.time(for: architecture),
      training: nil)
    self.init(
      network, time: Self.time(for: architecture), stride: stride, temperature: temperature,
      kernels: kernels, weightsBytes: weights.memoryBytes)
  }

  /// The coder of `network`, which takes one sequence and `time` bytes a call; the rest as above.
  init(
    _ network: any Network, time: Int, stride: Int? = nil, temperature: Float = 1,
    kernels: Kernels, weightsBytes: Int = 0
  ) {
    precondition(temperature > 0, "a temperature is above 0")
    sharpness = 1 / temperature
    self.kernels = kernels
    self.weightsBytes = weightsBytes
    stream = NetworkStream(network, time: time, stride: stride)
    logits = .allocate(capacity: 256 * Self.chunk)
    logits.initialize(repeating: 0, count: 256 * Self.chunk)
    frequencies = .allocate(capacity: 256 * Self.chunk)
    frequencies.initialize(repeating: 0, count: 256 * Self.chunk)
  }

  deinit {
    logits.deallocate()
    frequencies.deallocate()
  }

  package var memoryBytes: Int {
    weightsBytes + stream.memoryBytes + Self.chunk * 256 * 8
  }

  package func score(_ text: Span<UInt8>, blockSize: Int) -> [Double] {
    precondition(blockSize > 0, "a block has at least one byte")
    begin()
    var bits: [Double] = []
    bits.reserveCapacity(text.count / blockSize + 1)
    var length = IdealLength()
    var count = 0
    // One pass however short the blocks are: a network is fed many bytes a call.
    follow(text) { byte, next in
      _ = length.code(byte: byte, under: next)
      count += 1
      guard count == blockSize else { return }
      bits.append(length.bits)
      length = IdealLength()
      count = 0
    }
    if count > 0 { bits.append(length.bits) }
    return bits
  }

  package func encode(_ text: Span<UInt8>) -> [UInt8] {
    begin()
    var coder = RangeEncoder()
    code(text, with: &coder)
    return coder.finished()
  }

  package func decode(
    _ residual: Span<UInt8>, byteCount: Int
  ) throws(BPBError) -> [UInt8] {
    precondition(byteCount >= 0, "a count of bytes is not negative")
    begin()
    var coder = RangeDecoder()
    coder.append(residual)
    coder.endInput()
    coder.start()
    var next = ByteDistribution()
    var text: [UInt8] = []
    while text.count < byteCount && coder.canDecode {
      predictNext()
      fill(&next, from: 0)
      last = coder.code(byte: 0, under: next)
      text.append(last)
    }
    try coder.checkEnd(of: "residual", isWhole: text.count == byteCount)
    return text
  }

  package func likeliestBytes(in text: Span<UInt8>) -> [UInt8] {
    begin()
    var guesses: [UInt8] = []
    guesses.reserveCapacity(text.count)
    follow(text) { _, next in guesses.append(next.likeliest) }
    return guesses
  }

  package func continuation(
    of prompt: Span<UInt8>, count: Int, choosing choose: (Span<UInt32>) -> UInt8?
  ) -> [UInt8] {
    begin()
    follow(prompt) { _, _ in }
    let next = UnsafeBufferPointer(start: frequencies, count: 256)
    var chosen: [UInt8] = []
    while chosen.count < count {
      predictNext()
      guard let byte = choose(next.span) else { break }
      last = byte
      chosen.append(byte)
    }
    return chosen
  }
}

/// Byte by byte, in the company of a mix.
extension FrozenNetwork: MixGuest {
  /// Begins a stream, and foretells its first byte.
  func startListening() {
    begin()
    predictNext()
  }

  package func expect(_ next: UnsafeMutablePointer<UInt32>) {
    next.update(from: frequencies, count: 256)
  }

  package func advance(past byte: UInt8) {
    last = byte
    predictNext()
  }
}

extension FrozenNetwork {
  private func begin() {
    stream.begin()
    last = TextStart.byte
  }

  private func code<C: SymbolCoder & ~Copyable>(_ text: Span<UInt8>, with coder: inout C) {
    follow(text) { byte, next in _ = coder.code(byte: byte, under: next) }
  }

  /// Gives `body` each byte of `text`, which goes on the stream, and what was foretold of it.
  private func follow(
    _ text: Span<UInt8>, _ body: (UInt8, borrowing ByteDistribution) -> Void
  ) {
    var next = ByteDistribution()
    followPieces(text) { piece in
      for i in piece.indices {
        fill(&next, from: i)
        body(piece[i], next)
      }
    }
  }

  /// Gives `body` each piece of `text`, from the stream's beginning, and a row of logits for each of its bytes.
  func followLogits(
    _ text: Span<UInt8>, _ body: (Span<UInt8>, UnsafePointer<Float>) -> Void
  ) {
    begin()
    followPieces(text) { body($0, logits) }
  }

  /// Gives `body` each piece of `text` once it is predicted.
  private func followPieces(_ text: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
    for start in stride(from: 0, to: text.count, by: Self.chunk) {
      let piece = text.extracting(start..<min(start + Self.chunk, text.count))
      predict(piece)
      body(piece)
    }
  }

  /// Predicts each byte of `text`, at least one and at most a chunk.
  private func predict(_ text: Span<UInt8>) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.chunk) { inputs in
      inputs[0] = last
      for i in 1..<text.count { inputs[i] = text[i - 1] }
      predict(after: UnsafeBufferPointer(rebasing: inputs[..<text.count]))
    }
    last = text[text.count - 1]
  }

  /// Predicts the next byte alone.
  private func predictNext() {
    withUnsafePointer(to: last) { predict(after: UnsafeBufferPointer(start: $0, count: 1)) }
  }

  /// Fills a row of frequencies for the byte after each of `bytes`.
  private func predict(after bytes: UnsafeBufferPointer<UInt8>) {
    stream.extend(by: bytes, logits: logits)
    if sharpness != 1 { for i in 0..<256 * bytes.count { logits[i] *= sharpness } }
    kernels.table.pointee.frequencies(bytes.count, logits, frequencies)
  }

  private func fill(_ next: inout ByteDistribution, from row: Int) {
    next.fill { $0.baseAddress!.update(from: frequencies + 256 * row, count: 256) }
  }
}

extension FrozenNetwork {
  /// Bytes that a call feeds such a network at most.
  private static func time(for architecture: Architecture) -> Int {
    if case .transformer(let shape) = architecture { min(chunk, shape.context) } else { chunk }
  }

  /// Bytes that the coder of such a network allocates.
  static func memory(of architecture: Architecture) -> Int {
    architecture.weightsBytes([.coding])
      + architecture.networkBytes(
        sequences: 1, time: time(for: architecture), training: nil) + chunk * 256 * 8
  }

  /// A rough speed in bytes per second: ten thousand million operations a second, each window read once for its new bytes.
  static func expectedSpeed(of architecture: Architecture, stride: Int? = nil) -> Double {
    let readings = architecture.windowBytes.map { Double($0) / Double(stride ?? max($0 / 2, 1)) }
    return 1e10 / (readings ?? 1) / architecture.forwardFLOPsPerByte(time: chunk)
  }
}

extension Architecture {
  /// Bytes in a window of a network that reads in windows; nil for one that reads on without end.
  var windowBytes: Int? { if case .transformer(let shape) = self { shape.context } else { nil } }
}

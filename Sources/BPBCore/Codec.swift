/// Receives bytes as they become ready; throws to stop whoever is producing them.
public typealias ByteSink = (Span<UInt8>) throws(BPBError) -> Void

/// One running encoder or decoder: bytes in, bytes out, with buffers that do not grow with the input.
///
/// Used from one thread at a time; dropped without ceremony when a run is cancelled.
public protocol StreamCoder: AnyObject {
  /// Takes all of `input` and hands to `sink` what is ready, in pieces of bounded size.
  ///
  /// - Throws: `badData` when a decoder meets bytes no encoder wrote; whatever `sink` throws.
  func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError)

  /// Ends the block and hands out what is left.
  ///
  /// - Throws: `badData` when a decoder's input ended early or went on after its end.
  func finish(to sink: ByteSink) throws(BPBError)

  /// The most bytes this coder has held allocated so far.
  var peakMemory: Int { get }

  /// Of the bytes handed out so far by an encoder: how many are header, trailer and checksum, that
  /// is, would be there for an input of any content. Valid after `finish`; 0 for decoders.
  var framingBytes: Int { get }

  /// Of the bytes handed out so far by an encoder: how many are a model that the decoder reads from the block,
  /// weights as opposed to residual. Valid after `finish`; 0 for decoders and for methods without such a part.
  var modelBytes: Int { get }

  /// Bytes that an encoder's block would have in all if its input ended here, framing included; nil
  /// where that cannot be known without ending it.
  ///
  /// It is how an adaptive model gives the size of every prefix in one pass.
  var byteCountIfFinished: Int? { get }
}

extension StreamCoder {
  public var modelBytes: Int { 0 }
  public var byteCountIfFinished: Int? { nil }
}

/// The cold waist: whatever turns a block of bytes into fewer bytes and back.
///
/// A coded block describes itself: a decoder needs nothing but its bytes.
public protocol Codec: Sendable {
  /// An encoder for one block of exactly `byteCount` raw bytes.
  func makeEncoder(byteCount: Int) throws(BPBError) -> any StreamCoder

  /// A decoder for one coded block.
  func makeDecoder() throws(BPBError) -> any StreamCoder

  /// Whether its encoders know `byteCountIfFinished`.
  var givesPrefixSizes: Bool { get }

  /// What goes on with a text as the method's model expects it to; nil where the method is no model.
  ///
  /// - Parameter byteCount: bytes that it learns from, is prompted with and writes, together.
  /// - Throws: `methodFailed` when there is no memory.
  func makeWriter(byteCount: Int) throws(BPBError) -> (any TextWriter)?
}

extension Codec {
  public var givesPrefixSizes: Bool { false }
  public func makeWriter(byteCount: Int) throws(BPBError) -> (any TextWriter)? { nil }
}

extension Codec {
  /// Encodes one block held in memory.
  public func encode(_ input: Span<UInt8>) throws(BPBError) -> [UInt8] {
    let encoder = try makeEncoder(byteCount: input.count)
    return try encoder.run(input, limit: .max)
  }

  /// Decodes one block held in memory.
  ///
  /// - Parameter limit: the most raw bytes to accept; more is `badData`, so that a hostile block
  ///   cannot make us allocate without bound.
  public func decode(_ coded: Span<UInt8>, limit: Int) throws(BPBError) -> [UInt8] {
    let decoder = try makeDecoder()
    return try decoder.run(coded, limit: limit)
  }
}

extension StreamCoder {
  fileprivate func run(_ input: Span<UInt8>, limit: Int) throws(BPBError) -> [UInt8] {
    var output: [UInt8] = []
    let collect: ByteSink = { bytes throws(BPBError) in
      guard output.count + bytes.count <= limit else {
        throw BPBError(.badData, "decodes to more than the \(limit) bytes that were announced")
      }
      output.append(bytes)
    }
    try push(input, to: collect)
    try finish(to: collect)
    return output
  }
}

extension Array where Element == UInt8 {
  /// Appends every byte of `bytes`.
  @inlinable
  public mutating func append(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
  }
}

/// One measurement: one method on one block source (a file, or a whole corpus as one stream).
///
/// A line of a records file. Everything that is printed is a pure function of such records, so a
/// report can be made again at any time. JSON keys are in snake case; one that is null or left out
/// stands for what cannot be known.
public struct CellRecord: Codable, Sendable, Equatable {
  /// How trustworthy the seconds are.
  public enum Timing: String, Codable, Sendable {
    /// Other cells may have run at the same time: good to a factor, not to a percent.
    case approximate
    /// The cell ran alone, several times.
    case alone
  }

  /// Id of the run that measured it; see `RunRecord`.
  public var run: String
  /// Canonical method name.
  public var method: String
  /// Version of the library, model or program.
  public var version: String?
  /// How the length was obtained, as `coded`.
  public var kind: String
  /// Block policy: `per-file`, `solid` or `chunk:N`; `held-out` for kind `heldout`.
  public var policy: String
  /// Name of the input as `SafeText` writes it; nil under `solid`, where a stream spans files.
  public var path: String?
  /// SHA-256 of the raw bytes, in hexadecimal; under `solid` that of the corpus.
  public var sha256: String
  /// Raw bytes.
  public var bytes: Int
  /// Coded bytes, framing included; nil if the method failed. Of an ideal length, as of kind `heldout`, the
  /// whole bytes that it fills.
  public var codedBytes: Int?
  /// Of those: headers, trailers and checksums of the container.
  public var framingBytes: Int?
  /// Of those: models that the decoder takes from the blocks, the first parts of two-part codes; nil where there are
  /// none. What is left is framing and residual.
  public var sentModelBytes: Int?
  /// Coded blocks; more than one under `chunk:N`.
  public var blocks: Int
  /// Bytes a decoder needs beside the coded bytes.
  public var modelBytes: Int
  /// Size in bytes of the decoding library or program.
  public var decoderBytes: Int?
  /// Whether decoding gave the same bytes; nil if that was not tried.
  public var verified: Bool?
  /// Seconds of encoding, one value for each repetition.
  public var encodeSeconds: [Double]
  /// Seconds of decoding, likewise; empty if decoding was not tried.
  public var decodeSeconds: [Double]
  public var timing: Timing
  /// Most bytes allocated by encoder and by decoder, whichever is more.
  public var memoryBytes: Int?
  /// Why there is no size or no verification, as a sentence.
  public var error: String?
  /// What is known of kind `heldout` besides; nil for every other kind.
  public var heldOut: HeldOutRecord?
  /// Whether the input is one of the files that the method's model learned from; nil where it is not known to be.
  public var trainedOn: Bool?

  /// Creates a record; see the properties.
  public init(
    run: String, method: String, version: String?, kind: String, policy: String, path: String?,
    sha256: String, bytes: Int, codedBytes: Int?, framingBytes: Int?, blocks: Int, modelBytes: Int,
    decoderBytes: Int?, verified: Bool?, encodeSeconds: [Double], decodeSeconds: [Double],
    timing: Timing, memoryBytes: Int?, error: String?, heldOut: HeldOutRecord? = nil
  ) {
    self.run = run
    self.method = method
    self.version = version
    self.kind = kind
    self.policy = policy
    self.path = path
    self.sha256 = sha256
    self.bytes = bytes
    self.codedBytes = codedBytes
    self.framingBytes = framingBytes
    self.blocks = blocks
    self.modelBytes = modelBytes
    self.decoderBytes = decoderBytes
    self.verified = verified
    self.encodeSeconds = encodeSeconds
    self.decodeSeconds = decodeSeconds
    self.timing = timing
    self.memoryBytes = memoryBytes
    self.error = error
    self.heldOut = heldOut
  }

  enum CodingKeys: String, CodingKey {
    case run, method, version, kind, policy, path, sha256, bytes
    case codedBytes = "coded_bytes"
    case framingBytes = "framing_bytes"
    case sentModelBytes = "sent_model_bytes"
    case blocks
    case modelBytes = "model_bytes"
    case decoderBytes = "decoder_bytes"
    case verified
    case encodeSeconds = "encode_seconds"
    case decodeSeconds = "decode_seconds"
    case timing
    case memoryBytes = "memory_bytes"
    case error
    case heldOut = "held_out"
    case trainedOn = "trained_on"
  }
}

/// What a prefix of a stream's window costs: the size of real output that was decoded and compared.
public struct PrefixRecord: Codable, Sendable, Equatable {
  /// Id of the run that measured it.
  public var run: String
  /// Canonical method name.
  public var method: String
  public var version: String?
  /// SHA-256 of the stream.
  public var stream: String
  /// First byte of the window in the stream.
  public var start: Int
  /// Bytes of the prefix.
  public var bytes: Int
  /// Bytes that the model was told to make room for: more than `bytes` where one pass gave all sizes.
  public var capacity: Int
  /// Coded bytes, framing included; nil if the method failed.
  public var codedBytes: Int?
  /// Whether decoding gave the same bytes; nil if that was not tried.
  public var verified: Bool?
  /// Seconds of encoding and decoding up to this prefix, other work beside it.
  public var seconds: Double
  /// Why there is no size, as a sentence.
  public var error: String?

  /// Creates a record; see the properties.
  public init(
    run: String, method: String, version: String?, stream: String, start: Int, bytes: Int,
    capacity: Int, codedBytes: Int?, verified: Bool?, seconds: Double, error: String?
  ) {
    self.run = run
    self.method = method
    self.version = version
    self.stream = stream
    self.start = start
    self.bytes = bytes
    self.capacity = capacity
    self.codedBytes = codedBytes
    self.verified = verified
    self.seconds = seconds
    self.error = error
  }

  enum CodingKeys: String, CodingKey {
    case run, method, version, stream, start, bytes, capacity
    case codedBytes = "coded_bytes"
    case verified, seconds, error
  }
}

/// What a model holds after a prefix of a stream's window, and what it does not: the parts of a two-part
/// code, each of them real bytes, and the frozen model's losses on the held-out part.
public struct FrozenRecord: Codable, Sendable, Equatable {
  /// Bytes that a model got right on its own, of how many.
  public struct Share: Codable, Sendable, Equatable {
    public var right: Int
    public var of: Int

    /// Creates a share.
    public init(right: Int, of: Int) {
      self.right = right
      self.of = of
    }

    /// The share as a fraction; nil of nothing.
    public var fraction: Double? { of > 0 ? Double(right) / Double(of) : nil }
  }

  /// What the model does when it is left alone after a true prompt.
  public struct Continuation: Codable, Sendable, Equatable {
    /// Places in the prefix that were tried, evenly spread.
    public var prompts: Int
    /// Bytes of each prompt.
    public var promptBytes: Int
    /// Bytes that the model then chose, each the likeliest.
    public var bytes: Int
    /// Bytes before the first wrong one, over all prompts.
    public var right: Int

    /// Creates an account; see the properties.
    public init(prompts: Int, promptBytes: Int, bytes: Int, right: Int) {
      self.prompts = prompts
      self.promptBytes = promptBytes
      self.bytes = bytes
      self.right = right
    }

    enum CodingKeys: String, CodingKey {
      case prompts
      case promptBytes = "prompt_bytes"
      case bytes, right
    }
  }

  /// Id of the run that measured it.
  public var run: String
  /// Canonical method name.
  public var method: String
  public var version: String?
  /// SHA-256 of the stream.
  public var stream: String
  /// First byte of the window in the stream.
  public var start: Int
  /// Bytes learned from.
  public var bytes: Int
  /// Bytes that the model was told to make room for.
  public var capacity: Int
  /// In which numbers the model is held, as one clause.
  public var precision: String
  /// The entropy-coded model; nil if the method failed.
  public var modelBytes: Int?
  /// The prefix coded under the model restored from those bytes; nil where that was not tried, as in all
  /// windows but the first.
  public var residualBytes: Int?
  /// Whether the restored model and the residual gave back the prefix.
  public var verified: Bool?
  /// SHA-256 of the held-out part.
  public var heldOut: String
  /// Ideal length in bits of each block of the held-out part.
  public var heldOutBits: [Double]
  /// Likeliest byte against true byte, on a sample of the prefix.
  public var topOne: Share?
  /// The same on the held-out part.
  public var heldOutTopOne: Share?
  public var continuation: Continuation?
  /// Seconds that all this took, other work beside it.
  public var seconds: Double
  /// Why there are no figures, as a sentence.
  public var error: String?

  /// Creates a record of nothing yet; see the properties.
  public init(
    run: String, method: String, version: String?, stream: String, start: Int, bytes: Int,
    capacity: Int, precision: String, heldOut: String
  ) {
    self.run = run
    self.method = method
    self.version = version
    self.stream = stream
    self.start = start
    self.bytes = bytes
    self.capacity = capacity
    self.precision = precision
    self.heldOut = heldOut
    heldOutBits = []
    seconds = 0
  }

  enum CodingKeys: String, CodingKey {
    case run, method, version, stream, start, bytes, capacity, precision
    case modelBytes = "model_bytes"
    case residualBytes = "residual_bytes"
    case verified
    case heldOut = "held_out"
    case heldOutBits = "held_out_bits"
    case topOne = "top_one"
    case heldOutTopOne = "held_out_top_one"
    case continuation, seconds, error
  }
}

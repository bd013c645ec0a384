/// A method name that was resolved: everything needed to measure with it and to report it.
public struct Method: Sendable {
  /// The canonical name, as `zlib:9` or `ngram:5:memory=128MiB`; parses to this method again.
  public var name: String
  /// Version of the library, program or model, found at run time; nil where it cannot be known.
  public var version: String?
  /// Encodes and decodes with the method's parameters.
  public var codec: any Codec
  /// Bytes that one encoder and one decoder are expected to allocate, for scheduling only.
  public var memory: MemoryNeed
  /// A rough encoding speed in bytes per second on one core, for scheduling and ETA only.
  public var expectedSpeed: Double
  /// Bytes that a decoder needs beside the file: a trained model, a dictionary. 0 for adaptive methods.
  public var modelBytes: Int
  /// Numbers that a network consists of; nil for methods that are none.
  public var parameterCount: Int?
  /// SHA-256 of the trained model that it codes by, in hexadecimal; nil for methods that need none.
  public var modelHash: String?
  /// SHA-256 of each file that the trained model learned from, as far as it is known.
  public var learnedFrom: Set<String> = []
  /// Size in bytes of the library or program that decodes; nil where it cannot be known.
  public var decoderBytes: Int?
  /// One clause about the container the sizes include, as "zlib framing: 2-byte header, Adler-32".
  public var framingNote: String?
  /// Whether its encoders know which of their bytes are framing.
  public var knowsFraming: Bool
  /// How to take out what the method learns; nil for methods that are no models, or not such ones.
  public var learning: (any LearningMethod)?
  /// The trained model that it codes by; nil for methods that need none.
  public var frozen: FrozenModelPool?
  /// The name by which a decoder finds it, where that is another: of a method that needs a file to encode only.
  public var decodingName: String?
  /// Whether what it coded can be decoded by a method of the very same version only, as one that codes by
  /// a model: others may be tried.
  public var needsSameVersion: Bool

  /// Creates a method; see the properties for units.
  public init(
    name: String, version: String?, codec: any Codec, memory: MemoryNeed, expectedSpeed: Double,
    modelBytes: Int = 0, parameterCount: Int? = nil, modelHash: String? = nil,
    decoderBytes: Int? = nil, framingNote: String? = nil,
    knowsFraming: Bool = true, learning: (any LearningMethod)? = nil,
    frozen: FrozenModelPool? = nil, needsSameVersion: Bool = false
  ) {
    self.name = name
    self.version = version
    self.codec = codec
    self.memory = memory
    self.expectedSpeed = expectedSpeed
    self.modelBytes = modelBytes
    self.parameterCount = parameterCount
    self.modelHash = modelHash
    self.decoderBytes = decoderBytes
    self.framingNote = framingNote
    self.knowsFraming = knowsFraming
    self.learning = learning
    self.frozen = frozen
    self.needsSameVersion = needsSameVersion
  }
}

/// Bytes expected to be allocated by one encoder and by one decoder.
public struct MemoryNeed: Sendable, Equatable {
  public var encoder: Int
  public var decoder: Int

  /// Creates a need from two byte counts.
  public init(encoder: Int, decoder: Int) {
    self.encoder = encoder
    self.decoder = decoder
  }

  /// Bytes when both run in step.
  public var total: Int { encoder + decoder }
}

/// Provenance of a run: what made the cells that carry its id. Written once, before the first of them.
public struct RunRecord: Codable, Sendable, Equatable {
  /// Version of the records format. Readers refuse what is newer.
  public static let currentSchema = 1

  public var schema: Int
  /// Id of the run: 16 hexadecimal digits.
  public var run: String
  /// Start, ISO 8601 in UTC.
  public var started: String
  /// The command line, each word as `SafeText` writes it.
  public var command: [String]
  /// Version of bpb.
  public var bpbVersion: String
  public var environment: Environment
  public var corpus: CorpusRecord
  public var policy: String
  /// The methods asked for, in order, by canonical name.
  public var methods: [MethodRecord]
  /// The plan of a `scale` run; nil for a comparison.
  public var scale: ScaleRecord?
  /// The plan of a `study` run; nil for others.
  public var study: StudyRecord?
  /// Which part of the plan the run was asked to measure; nil for all of it.
  public var shard: Shard?
  /// The runs that this one was joined from, in the order in which their files were given; nil for a run that
  /// was made as one. Its other keys are then those of the last of them.
  public var parts: [Part]?

  /// Creates a record; see the properties.
  public init(
    run: String, started: String, command: [String], bpbVersion: String, environment: Environment,
    corpus: CorpusRecord, policy: String, methods: [MethodRecord], scale: ScaleRecord? = nil,
    study: StudyRecord? = nil, shard: Shard? = nil
  ) {
    schema = Self.currentSchema
    self.run = run
    self.started = started
    self.command = command
    self.bpbVersion = bpbVersion
    self.environment = environment
    self.corpus = corpus
    self.policy = policy
    self.methods = methods
    self.scale = scale
    self.study = study
    self.shard = shard
  }

  enum CodingKeys: String, CodingKey {
    case schema, run, started, command
    case bpbVersion = "bpb_version"
    case environment, corpus, policy, methods, scale, study, shard, parts
  }
}

/// The machine a run was made on.
public struct Environment: Codable, Sendable, Equatable {
  /// Operating system and its version, as `Linux 6.1.0`.
  public var system: String
  /// Instruction set architecture, as `x86_64`.
  public var architecture: String
  /// Processor model; nil where the system does not say.
  public var cpu: String?
  public var cores: Int
  /// Physical memory in bytes.
  public var memoryBytes: Int

  /// Creates an environment; see the properties.
  public init(system: String, architecture: String, cpu: String?, cores: Int, memoryBytes: Int) {
    self.system = system
    self.architecture = architecture
    self.cpu = cpu
    self.cores = cores
    self.memoryBytes = memoryBytes
  }

  enum CodingKeys: String, CodingKey {
    case system, architecture, cpu, cores
    case memoryBytes = "memory_bytes"
  }
}

/// What was measured.
public struct CorpusRecord: Codable, Sendable, Equatable {
  /// One input.
  public struct File: Codable, Sendable, Equatable {
    /// Name as `SafeText` writes it, relative to the directory given, `/` between components.
    public var path: String
    public var bytes: Int
    /// SHA-256 in hexadecimal.
    public var sha256: String

    /// Creates an entry.
    public init(path: String, bytes: Int, sha256: String) {
      self.path = path
      self.bytes = bytes
      self.sha256 = sha256
    }
  }

  /// In the order in which they are measured and, under `solid`, concatenated.
  public var files: [File]
  public var bytes: Int
  /// SHA-256 over the lines `<sha256>  <path>\n` of all files in order, as `sha256sum` prints them.
  public var sha256: String

  /// Creates a corpus record.
  public init(files: [File], bytes: Int, sha256: String) {
    self.files = files
    self.bytes = bytes
    self.sha256 = sha256
  }
}

/// A method of a run: what its name meant there.
public struct MethodRecord: Codable, Sendable, Equatable {
  /// Canonical name.
  public var name: String
  public var version: String?
  public var modelBytes: Int
  /// Numbers that a network consists of; nil for other methods.
  public var parameters: Int?
  /// SHA-256 of the trained model that it codes by, in hexadecimal; nil for methods that need none.
  public var modelHash: String?
  public var decoderBytes: Int?
  /// One clause about the container that its sizes include.
  public var framing: String?

  /// Creates a method record.
  public init(
    name: String, version: String?, modelBytes: Int, decoderBytes: Int?, framing: String?,
    parameters: Int? = nil, modelHash: String? = nil
  ) {
    self.name = name
    self.version = version
    self.modelBytes = modelBytes
    self.decoderBytes = decoderBytes
    self.framing = framing
    self.parameters = parameters
    self.modelHash = modelHash
  }

  enum CodingKeys: String, CodingKey {
    case name, version
    case modelBytes = "model_bytes"
    case decoderBytes = "decoder_bytes"
    case framing, parameters
    case modelHash = "model_sha256"
  }
}

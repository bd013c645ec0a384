/// The plan of a `scale` run: how a corpus became one stream, and what was cut from it.
///
/// The stream is a permutation of the corpus: training part, guard bytes that belong to no part, held-out
/// part. Everything that a point means follows from the stream's hash, its start and its size.
public struct ScaleRecord: Codable, Sendable, Equatable {
  /// A stretch of a file, in the order of the stream.
  public struct Segment: Codable, Sendable, Equatable {
    /// Index into the corpus' files.
    public var file: Int
    /// First byte in that file.
    public var start: Int
    public var bytes: Int

    /// Creates a segment.
    public init(file: Int, start: Int, bytes: Int) {
      self.file = file
      self.start = start
      self.bytes = bytes
    }
  }

  /// A stretch of the training part from whose first byte on prefixes are measured.
  public struct Window: Codable, Sendable, Equatable {
    /// First byte in the stream.
    public var start: Int
    /// The largest prefix that is taken from it, in bytes.
    public var bytes: Int

    /// Creates a window.
    public init(start: Int, bytes: Int) {
      self.start = start
      self.bytes = bytes
    }
  }

  /// How much of the held-out part occurs in the training part.
  public struct Overlap: Codable, Sendable, Equatable {
    /// Bytes of a stretch that is looked for.
    public var width: Int
    /// Stretches of the held-out part, one at each position.
    public var windows: Int
    /// Of those: found in the training part.
    public var found: Int
    /// Blocks of the held-out part that hold no byte of a found stretch, by index.
    public var cleanBlocks: [Int]

    /// Creates an account; see the properties.
    public init(width: Int, windows: Int, found: Int, cleanBlocks: [Int]) {
      self.width = width
      self.windows = windows
      self.found = found
      self.cleanBlocks = cleanBlocks
    }

    enum CodingKeys: String, CodingKey {
      case width, windows, found
      case cleanBlocks = "clean_blocks"
    }

    /// The share of stretches that were found.
    public var share: Double { windows > 0 ? Double(found) / Double(windows) : 0 }
  }

  /// Of the order of documents, the split and the windows.
  public var seed: UInt64
  public var pointsPerDecade: Int
  /// SHA-256 of the stream.
  public var stream: String
  /// Bytes of the stream, which are those of the corpus.
  public var bytes: Int
  public var trainingBytes: Int
  /// Bytes of the held-out part, which ends the stream; 0 where the corpus is too small for one.
  public var heldOutBytes: Int
  /// SHA-256 of the held-out part.
  public var heldOut: String
  /// Bytes of a block of the held-out part, the unit of its intervals; the last one may be shorter.
  public var blockSize: Int
  public var segments: [Segment]
  /// Prefix sizes in bytes, rising.
  public var sizes: [Int]
  /// The first one begins at the stream's first byte.
  public var windows: [Window]
  public var overlap: Overlap?
  /// Where the bytes come from a source whose entropy is known: what it says of them.
  public var source: SourceRecord?
  /// Cases of known answer that were checked before the run: without all of them right there are no
  /// verdicts.
  public var selfCheck: [SelfCheckRecord]

  /// Creates a plan; see the properties.
  public init(
    seed: UInt64, pointsPerDecade: Int, stream: String, bytes: Int, trainingBytes: Int,
    heldOutBytes: Int, heldOut: String, blockSize: Int, segments: [Segment], sizes: [Int],
    windows: [Window], overlap: Overlap?, source: SourceRecord?, selfCheck: [SelfCheckRecord]
  ) {
    self.seed = seed
    self.pointsPerDecade = pointsPerDecade
    self.stream = stream
    self.bytes = bytes
    self.trainingBytes = trainingBytes
    self.heldOutBytes = heldOutBytes
    self.heldOut = heldOut
    self.blockSize = blockSize
    self.segments = segments
    self.sizes = sizes
    self.windows = windows
    self.overlap = overlap
    self.source = source
    self.selfCheck = selfCheck
  }

  enum CodingKeys: String, CodingKey {
    case seed
    case pointsPerDecade = "points_per_decade"
    case stream, bytes
    case trainingBytes = "training_bytes"
    case heldOutBytes = "held_out_bytes"
    case heldOut = "held_out"
    case blockSize = "block_size"
    case segments, sizes, windows, overlap, source
    case selfCheck = "self_check"
  }
}

/// A source of known entropy that a corpus was drawn from.
public struct SourceRecord: Codable, Sendable, Equatable {
  /// Canonical name; parses to the source again.
  public var name: String
  /// Bounds of the entropy rate in bits per byte; equal where it is exact.
  public var entropyLow: Double
  public var entropyHigh: Double
  /// -log2 p of the true source on the first so many bytes, at each of the plan's sizes, from the
  /// stream's first byte on; in bits.
  public var prefixBits: [Double]
  /// Likewise for the held-out part.
  public var heldOutBits: Double?
  /// ((m-1)/2)·Σ_s log2 n_s at each size: what a code that must learn the source's parameters pays
  /// beyond `prefixBits`, to first order; nil where the source has no such form.
  public var parameterBits: [Double]?

  /// Creates a record; see the properties.
  public init(
    name: String, entropyLow: Double, entropyHigh: Double, prefixBits: [Double],
    heldOutBits: Double?, parameterBits: [Double]?
  ) {
    self.name = name
    self.entropyLow = entropyLow
    self.entropyHigh = entropyHigh
    self.prefixBits = prefixBits
    self.heldOutBits = heldOutBits
    self.parameterBits = parameterBits
  }

  enum CodingKeys: String, CodingKey {
    case name
    case entropyLow = "entropy_low"
    case entropyHigh = "entropy_high"
    case prefixBits = "prefix_bits"
    case heldOutBits = "held_out_bits"
    case parameterBits = "parameter_bits"
  }
}

/// One case of the self-check.
public struct SelfCheckRecord: Codable, Sendable, Equatable {
  /// What was checked, as a reader would say it.
  public var name: String
  public var passed: Bool

  /// Creates a record.
  public init(name: String, passed: Bool) {
    self.name = name
    self.passed = passed
  }
}

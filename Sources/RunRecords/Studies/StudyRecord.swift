/// The plan of a study's run: which study, how thorough, and how the corpus was parted.
///
/// Everything that a cell means follows from the stream's hash, the study, the seed and the cell's own name.
public struct StudyRecord: Codable, Sendable, Equatable {
  /// A part of the stream, or pieces of it.
  public struct Part: Codable, Sendable, Equatable {
    public var bytes: Int
    /// SHA-256 of the part's bytes, in hexadecimal.
    public var sha256: String

    /// Creates a part.
    public init(bytes: Int, sha256: String) {
      self.bytes = bytes
      self.sha256 = sha256
    }
  }

  /// The study's name, as on the command line.
  public var name: String
  /// Version of its protocol: cells of another version are not taken over.
  public var protocolVersion: String
  public var preset: String
  /// Of the split and of everything that is drawn.
  public var seed: UInt64
  /// SHA-256 of the arranged corpus.
  public var stream: String
  /// What models learn from.
  public var training: Part
  /// What levels, rates and the moment to stop are chosen on.
  public var tune: Part
  /// What is read once, by what was chosen.
  public var test: Part
  /// Bytes of a block of the test part, the unit of intervals; the last one may be shorter.
  public var blockSize: Int
  /// How much of the test part occurs in the training part.
  public var overlap: ScaleRecord.Overlap?
  /// Names of the plan's cells, in order.
  public var cells: [String]
  /// Cases of known answer that were checked before the run: without all of them right there are no verdicts.
  public var selfCheck: [SelfCheckRecord]

  /// Creates a plan; see the properties.
  public init(
    name: String, protocolVersion: String, preset: String, seed: UInt64, stream: String,
    training: Part, tune: Part, test: Part, blockSize: Int, overlap: ScaleRecord.Overlap?,
    cells: [String], selfCheck: [SelfCheckRecord]
  ) {
    self.name = name
    self.protocolVersion = protocolVersion
    self.preset = preset
    self.seed = seed
    self.stream = stream
    self.training = training
    self.tune = tune
    self.test = test
    self.blockSize = blockSize
    self.overlap = overlap
    self.cells = cells
    self.selfCheck = selfCheck
  }

  enum CodingKeys: String, CodingKey {
    case name
    case protocolVersion = "protocol"
    case preset, seed, stream, training, tune, test
    case blockSize = "block_size"
    case overlap, cells
    case selfCheck = "self_check"
  }

  /// Whether a run could have had such a plan, so that reports may reckon with it.
  var isConsistent: Bool {
    blockSize > 0 && [training, tune, test].allSatisfy { $0.bytes >= 0 }
      && Set(cells).count == cells.count
  }
}

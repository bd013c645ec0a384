/// What one cell of a study measured.
///
/// A cell's name says all that it was measured with, as `size=3k load=0.5 seed=1`; what it means is for its study to
/// know.
public struct StudyCellRecord: Codable, Sendable, Equatable {
  /// What makes two records answers to one question: of two with equal keys the later counts.
  public struct Key: Hashable, Sendable {
    public var study: String
    public var protocolVersion: String
    public var stream: String
    public var cell: String

    /// Creates a key; the parts are those of the record.
    public init(study: String, protocolVersion: String, stream: String, cell: String) {
      self.study = study
      self.protocolVersion = protocolVersion
      self.stream = stream
      self.cell = cell
    }
  }

  /// Id of the run that measured it.
  public var run: String
  public var study: String
  /// Version of the study's protocol.
  public var protocolVersion: String
  /// SHA-256 of the arranged corpus.
  public var stream: String
  public var cell: String
  /// Numbers by name.
  public var figures: [String: Double]
  /// Rows of numbers by name, as the bits of each block of a test part.
  public var series: [String: [Double]]
  /// Texts by name, such as a model wrote, as `SafeText` writes them.
  public var texts: [String: String]
  /// Seconds that it took, other work beside it.
  public var seconds: Double
  /// Why there are no figures, as a sentence.
  public var error: String?

  /// Creates a record of nothing yet; see the properties.
  public init(key: Key, run: String) {
    self.run = run
    study = key.study
    protocolVersion = key.protocolVersion
    stream = key.stream
    cell = key.cell
    figures = [:]
    series = [:]
    texts = [:]
    seconds = 0
  }

  /// What this record measured.
  public var key: Key {
    Key(study: study, protocolVersion: protocolVersion, stream: stream, cell: cell)
  }

  enum CodingKeys: String, CodingKey {
    case run, study
    case protocolVersion = "protocol"
    case stream, cell, figures, series, texts, seconds, error
  }
}

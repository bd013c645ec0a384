public import RunRecords

/// What a model file says of its model: where it came from, for those who use it and for those who judge
/// what it scores.
public struct ModelMetadata: Codable, Sendable, Equatable {
  /// Canonical name of the method that learned. Comes from a file: escape it before printing.
  public var method: String
  /// Version of that method; nil if it was not known.
  public var methodVersion: String?
  /// In which numbers the body holds what was learned, as one clause.
  public var precision: String
  /// Version of bpb that wrote the file.
  public var bpbVersion: String
  /// The files that were learned from, whole or in part.
  public var corpus: CorpusRecord
  /// Bytes learned from: those of the corpus less what was held out.
  public var learnedBytes: Int
  /// The share of the corpus that was to be held out; nil if all was learned from.
  public var holdOutShare: Double?
  /// What the held-out part was drawn by; nil if nothing was.
  public var seed: UInt64?
  /// What a user should know of the model, one sentence each.
  public var notes: [String]

  /// Creates metadata; see the properties.
  public init(
    method: String, methodVersion: String?, precision: String, bpbVersion: String,
    corpus: CorpusRecord, learnedBytes: Int, holdOutShare: Double? = nil, seed: UInt64? = nil,
    notes: [String] = []
  ) {
    self.method = method
    self.methodVersion = methodVersion
    self.precision = precision
    self.bpbVersion = bpbVersion
    self.corpus = corpus
    self.learnedBytes = learnedBytes
    self.holdOutShare = holdOutShare
    self.seed = seed
    self.notes = notes
  }

  enum CodingKeys: String, CodingKey {
    case method
    case methodVersion = "method_version"
    case precision
    case bpbVersion = "bpb_version"
    case corpus
    case learnedBytes = "learned_bytes"
    case holdOutShare = "hold_out_share"
    case seed, notes
  }
}

public import BPBCore
public import RunRecords

/// A trained model that was read from a file, whatever the file's format.
public struct OpenedModel: Sendable {
  /// What tells this model from every other, in hexadecimal: a hash over all of the file.
  public var identity: String
  /// Bytes of the file: what a decoder needs besides what was coded.
  public var byteCount: Int
  /// Canonical name of the method that learned, and its version. Come from a file: escape them.
  public var method: String
  public var methodVersion: String?
  /// What it learned from; nil where the format does not say.
  public var corpus: CorpusRecord?
  /// What tells whether a text stands in the training data; empty if there is nothing.
  public var sketch: [UInt8]
  /// What a user should know of the model, one sentence each. Come from a file: escape them.
  public var notes: [String]
  /// Bytes that using it allocates, and a rough speed in bytes per second: for scheduling only.
  public var memory: Int
  public var expectedSpeed: Double
  /// The model itself, for as many threads as want it.
  public var models: FrozenModelPool

  /// Creates a model; see the properties.
  public init(
    identity: String, byteCount: Int, method: String, methodVersion: String?,
    corpus: CorpusRecord?, sketch: [UInt8], notes: [String], memory: Int, expectedSpeed: Double,
    models: FrozenModelPool
  ) {
    self.identity = identity
    self.byteCount = byteCount
    self.method = method
    self.methodVersion = methodVersion
    self.corpus = corpus
    self.sketch = sketch
    self.notes = notes
    self.memory = memory
    self.expectedSpeed = expectedSpeed
    self.models = models
  }
}

/// A kind of file that holds a trained model.
public protocol ModelFormat: Sendable {
  /// Whether a file that begins with `bytes`, at most 64 of them, means to be of this format.
  func recognises(_ bytes: Span<UInt8>) -> Bool

  /// Reads and checks a file; it may keep the bytes and read them in place.
  ///
  /// - Throws: `badData` with a sentence about the file; `methodFailed` when there is no memory.
  func open(_ file: ModelBytes) throws(BPBError) -> OpenedModel
}

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
  /// Numbers that a network consists of; nil for other models.
  public var parameterCount: Int?
  /// How it reads in windows; nil for a model that reads on without end.
  public var windows: ModelWindows?
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

/// How a model that holds only so many bytes reads a longer stream: when it is full it begins anew with the last of
/// them, as many as leave room for `stride` new ones.
public struct ModelWindows: Sendable {
  /// Bytes that it holds.
  public var capacity: Int
  /// The model, and its rough speed, with so many new bytes in each window.
  let reading: @Sendable (_ stride: Int) -> (models: FrozenModelPool, expectedSpeed: Double)

  /// Creates windows; see the properties.
  public init(
    capacity: Int,
    reading: @escaping @Sendable (_ stride: Int) -> (models: FrozenModelPool, expectedSpeed: Double)
  ) {
    self.capacity = capacity
    self.reading = reading
  }

  /// - Throws: `usage` for a stride that a window of `capacity` bytes has no room for; nil stands for no windows.
  public static func check(stride: Int, capacity: Int?) throws(BPBError) {
    guard let capacity else {
      throw BPBError(
        .usage,
        "stride=\(stride) is for models that read in windows, and this one reads on without",
        advice: "leave it out")
    }
    guard stride <= capacity else {
      throw BPBError(
        .usage, "a window holds \(capacity) bytes, too few for \(stride) new ones",
        advice: "ask for stride=\(capacity) or less")
    }
  }
}

extension OpenedModel {
  /// The same model with `stride` new bytes in each of its windows; nil leaves it as it is.
  ///
  /// - Throws: `usage` for a model without windows, and for a stride larger than a window.
  public func reading(stride: Int?) throws(BPBError) -> OpenedModel {
    guard let stride else { return self }
    try ModelWindows.check(stride: stride, capacity: windows?.capacity)
    guard let windows else { return self }
    var model = self
    (model.models, model.expectedSpeed) = windows.reading(stride)
    return model
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

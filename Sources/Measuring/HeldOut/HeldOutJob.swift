public import BPBCore
public import Corpora
public import RunRecords

/// A frozen model to be tried on a file that it reads as one stream.
public struct HeldOutJob: Job {
  /// Policy of its records: it takes the place of a block policy.
  public static let policy = "held-out"

  public let method: Method
  public let file: CorpusFile
  /// What is known of the model's training data.
  public let training: TrainingTraces?

  /// A job for `method`, which has a frozen model.
  public init(method: Method, file: CorpusFile, training: TrainingTraces?) {
    self.method = method
    self.file = file
    self.training = training
  }

  public var expectedSeconds: Double { Double(file.byteCount) / method.expectedSpeed + 0.0005 }
  public var memoryNeed: Int { method.memory.decoder + file.byteCount + file.byteCount / 8 }

  /// What this job's record is known by.
  public var key: CellRecord.Key {
    CellRecord.Key(
      method: method.name, version: method.version, policy: Self.policy, path: file.name,
      sha256: file.sha256, bytes: file.byteCount)
  }
}

/// What tells whether a text was among a model's training data, which are no longer there.
public struct TrainingTraces: Sendable {
  /// SHA-256 of each file, in hexadecimal.
  public var sha256s: Set<String>
  /// Nil if there is none.
  public var sketch: WindowSketch?

  /// Creates traces; see the properties.
  public init(sha256s: Set<String>, sketch: WindowSketch?) {
    self.sha256s = sha256s
    self.sketch = sketch
  }
}

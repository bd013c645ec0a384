public import BPBCore
public import RunRecords

/// One measurement to be made: a method on a source.
public struct Cell: Sendable {
  public let method: Method
  public let source: BlockSource
  public let policy: BlockPolicy

  /// Creates a cell.
  public init(method: Method, source: BlockSource, policy: BlockPolicy) {
    self.method = method
    self.source = source
    self.policy = policy
  }

  /// A rough number of seconds, for scheduling and ETA only.
  public var expectedSeconds: Double {
    // Decoding is counted as a third; a small constant stands for opening a file.
    Double(source.byteCount) * 4 / 3 / method.expectedSpeed + 0.0005
  }

  /// What this cell is called in records.
  public var key: CellRecord.Key {
    CellRecord.Key(
      method: method.name, version: method.version, policy: policy.description, path: source.path,
      sha256: source.sha256, bytes: source.byteCount)
  }
}

/// What a point of a scale run measured: of two records with equal keys the later counts.
public struct ScaleKey: Hashable, Sendable {
  public var method: String
  public var version: String?
  public var stream: String
  public var start: Int
  public var bytes: Int
  /// See `PrefixRecord.capacity`.
  public var capacity: Int
  /// SHA-256 of the held-out part for a frozen model, nil for a coded prefix.
  public var heldOut: String?

  /// Creates a key; the parts are those of the records.
  public init(
    method: String, version: String?, stream: String, start: Int, bytes: Int, capacity: Int,
    heldOut: String?
  ) {
    self.method = method
    self.version = version
    self.stream = stream
    self.start = start
    self.bytes = bytes
    self.capacity = capacity
    self.heldOut = heldOut
  }
}

extension PrefixRecord {
  /// What this record measured.
  public var key: ScaleKey {
    ScaleKey(
      method: method, version: version, stream: stream, start: start, bytes: bytes,
      capacity: capacity, heldOut: nil)
  }
}

extension FrozenRecord {
  /// What this record measured.
  public var key: ScaleKey {
    ScaleKey(
      method: method, version: version, stream: stream, start: start, bytes: bytes,
      capacity: capacity, heldOut: heldOut)
  }
}

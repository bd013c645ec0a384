extension CellRecord {
  /// What a cell measured: two cells of equal keys are two measurements of one thing, of which the
  /// later counts.
  public struct Key: Hashable, Sendable {
    public var method: String
    public var version: String?
    public var policy: String
    public var path: String?
    public var sha256: String
    public var bytes: Int

    /// Creates a key; the parts are those of `CellRecord`.
    public init(
      method: String, version: String?, policy: String, path: String?, sha256: String, bytes: Int
    ) {
      self.method = method
      self.version = version
      self.policy = policy
      self.path = path
      self.sha256 = sha256
      self.bytes = bytes
    }
  }

  /// What this cell measured.
  public var key: Key {
    Key(
      method: method, version: version, policy: policy, path: path, sha256: sha256, bytes: bytes)
  }
}

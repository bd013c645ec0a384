public import BPBCore

/// Sizes that were reviewed and committed, for later runs to be held against.
///
/// One row for each input, method and block policy. Kept as CSV; see `csv`.
public struct Baseline: Sendable, Equatable {
  /// One size.
  public struct Row: Sendable, Equatable {
    /// Name of the input as `SafeText` writes it; nil under `solid`, where a stream spans files.
    public var path: String?
    /// Canonical method name.
    public var method: String
    /// Block policy: `per-file`, `solid` or `chunk:N`.
    public var policy: String
    /// Raw bytes.
    public var bytes: Int
    /// Coded bytes, framing included.
    public var codedBytes: Int
    /// SHA-256 of the raw bytes in lower-case hexadecimal; under `solid` that of the corpus.
    public var sha256: String
    /// Version of the library, model or program that coded them; nil if it was not known.
    public var version: String?

    /// Creates a row; see the properties.
    public init(
      path: String?, method: String, policy: String, bytes: Int, codedBytes: Int, sha256: String,
      version: String?
    ) {
      self.path = path
      self.method = method
      self.policy = policy
      self.bytes = bytes
      self.codedBytes = codedBytes
      self.sha256 = sha256
      self.version = version
    }

    /// What a row is found by.
    var key: Key { Key(path: path, method: method, policy: policy) }
  }

  /// Path, method and policy, compared byte for byte: strings that look alike may name two files.
  struct Key: Hashable, Comparable {
    private let bytes: [UInt8]

    init(path: String?, method: String, policy: String) {
      bytes = Array("\(path ?? Baseline.solidPath)\0\(method)\0\(policy)".utf8)
    }

    static func < (left: Key, right: Key) -> Bool {
      left.bytes.lexicographicallyPrecedes(right.bytes)
    }
  }

  /// What stands in the place of a path in the rows of `solidPolicy`.
  static let solidPath = "*"
  static let solidPolicy = "solid"

  /// Sorted by the bytes of path, method and policy; no two with the same three.
  public let rows: [Row]
  private let positions: [Key: Int]

  /// A baseline of `rows`, of which a later one takes the place of an earlier one with its key.
  public init(_ rows: some Sequence<Row> = []) {
    let byKey = Dictionary(rows.map { ($0.key, $0) }) { $1 }
    self.rows = byKey.keys.sorted().compactMap { byKey[$0] }
    positions = Dictionary(uniqueKeysWithValues: zip(self.rows.map(\.key), self.rows.indices))
  }

  subscript(key: Key) -> Row? { positions[key].map { rows[$0] } }

  /// The block policies of its rows, in the order of their names.
  public var policies: [String] { Set(rows.map(\.policy)).sorted() }

  /// The methods that have rows under `policy`, in the order of their names.
  public func methods(under policy: String) -> [String] {
    Set(rows.filter { $0.policy == policy }.map(\.method)).sorted()
  }

  /// The one policy of all rows; nil if there are no rows.
  ///
  /// - Parameter name: the file, for the error.
  /// - Throws: `badData` when rows are of different policies, so that one has to be chosen.
  public func policy(of name: String) throws(BPBError) -> String? {
    let policies = policies
    guard policies.count <= 1 else {
      let names = policies.map { SafeText.escape($0) }.joined(separator: ", ")
      throw BPBError(
        .badData, "has rows of several block policies: \(names)", subject: name,
        advice: "keep a file for each, or name the policy and the methods to check")
    }
    return policies.first
  }
}

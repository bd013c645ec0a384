public import BPBCore

/// How a corpus is cut into blocks that are coded on their own. Part of every figure's meaning.
public enum BlockPolicy: Sendable, Equatable, CustomStringConvertible {
  /// Each file is one block.
  case perFile
  /// All files in order are one block.
  case solid
  /// Every so many bytes of a file are one block.
  case chunk(Int)

  /// As it stands in records and baselines: `per-file`, `solid`, `chunk:2048`.
  public var description: String {
    switch self {
    case .perFile: "per-file"
    case .solid: "solid"
    case .chunk(let size): "chunk:\(size)"
    }
  }

  /// Reads what `description` writes.
  ///
  /// - Throws: `usage` for anything else.
  public init(parsing text: String) throws(BPBError) {
    switch text {
    case "per-file": self = .perFile
    case "solid": self = .solid
    default:
      guard text.hasPrefix("chunk:"), let size = ByteSize.parse(String(text.dropFirst(6))), size > 0
      else {
        throw BPBError(
          .usage, "there is no block policy '\(SafeText.escape(text))'",
          advice: "it is per-file, solid or chunk:N")
      }
      self = .chunk(size)
    }
  }
}

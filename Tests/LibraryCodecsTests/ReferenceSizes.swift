import BPBCore
import FoundationEssentials
import LibraryCodecs
import _TestSupport

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Sizes that implementations of others reach, as `Tests/Reference/library_sizes.py` prints them.
struct ReferenceSizes {
  struct Row {
    var path: String
    var method: String
    /// Version of the library that made it; nil if that is not known.
    var version: String?
    var bytes: Int
  }

  var rows: [Row]

  init(parsing table: String) {
    rows = table.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: "\t").map(String.init)
      guard fields.count == 4, let bytes = Int(fields[3]) else { return nil }
      return Row(
        path: fields[0], method: fields[1], version: fields[2] == "-" ? nil : fields[2],
        bytes: bytes)
    }
  }

  /// The table that is kept with the tests.
  static func committed() throws -> ReferenceSizes {
    let bytes = try Data(contentsOf: URL(filePath: reference + "/library_sizes.tsv"))
    return ReferenceSizes(parsing: String(decoding: bytes, as: UTF8.self))
  }

  /// The table for `paths` under `root`, made now.
  static func live(root: String, paths: [String] = []) -> ReferenceSizes {
    let words = ["python3", reference + "/library_sizes.py", root] + paths
    return ReferenceSizes(parsing: output(of: words) ?? "")
  }

  /// The rows that the libraries of this build must agree with: same method, same version.
  func comparable() throws -> [Row] {
    try rows.filter { row in
      let family = row.method.prefix { $0 != ":" }
      guard LibraryMethods.families.contains(where: { $0.name == family }) else { return false }
      let version = try LibrarySet.table.method(named: row.method).version
      return row.version == nil || row.version == version
    }
  }

  private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let reference = tests.path + "/Reference"

  /// Directory of the corpora that a clone of the project does not have.
  static let corpora = RealCorpora.directory ?? ""

  static let hasCorpora = RealCorpora.directory != nil

  static let hasPython = output(of: ["python3", "-c", "import bz2, lzma, zlib; print(1)"]) == "1\n"

  /// What a command prints; nil if it fails.
  private static func output(of words: [String]) -> String? {
    let quoted = words.map { "'" + $0.split(separator: "'").joined(separator: "'\\''") + "'" }
    guard let pipe = popen(quoted.joined(separator: " ") + " 2>/dev/null", "r") else { return nil }
    var printed: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 {
      printed += buffer[..<count]
    }
    return pclose(pipe) == 0 ? String(decoding: printed, as: UTF8.self) : nil
  }
}

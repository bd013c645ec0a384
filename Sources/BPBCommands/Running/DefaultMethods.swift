import BitsPerByte

/// The methods of a comparison that names none: a few levels of every library and two models, each the
/// strongest that takes its share of a few seconds on this much data.
enum DefaultMethods {
  /// Names by family, the preferred one first.
  private static let ladders = [
    ["store"], ["zlib:9", "zlib:6", "zlib:1"], ["bzip2:9"], ["zstd:19", "zstd:9", "zstd:3"],
    ["xz:6e", "xz:6", "xz:1"], ["brotli:11", "brotli:9", "brotli:5"], ["ngram:2", "ngram:1"],
    ["ngram:5", "ngram:3"],
  ]

  /// Seconds that one method may be expected to take on one core.
  private static let share = 8.0

  /// The methods for a corpus of so many bytes.
  static func methods(from table: MethodTable, byteCount: Int) -> [Method] {
    ladders.compactMap { ladder in
      // A family that is not built in is left out.
      let methods = ladder.compactMap { try? table.method(named: $0) }
      return methods.first { Double(byteCount) / $0.expectedSpeed <= share } ?? methods.last
    }
  }
}

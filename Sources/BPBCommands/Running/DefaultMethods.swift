import BitsPerByte

/// The methods of a comparison that names none: a few levels of every library and three models, each the
/// strongest that takes its share of a few seconds on this much data.
enum DefaultMethods {
  /// Names by family, the preferred one first.
  private static let ladders = [
    ["store"], ["zlib:9", "zlib:6", "zlib:1"], ["bzip2:9"], ["zstd:19", "zstd:9", "zstd:3"],
    ["xz:6e", "xz:6", "xz:1"], ["brotli:11", "brotli:9", "brotli:5"], ["ngram:2", "ngram:1"],
    ["ngram:5", "ngram:3"], ["ppm"],
  ]

  /// Seconds that one method may be expected to take on one core.
  private static let share = 8.0

  /// The methods for a corpus of so many bytes.
  static func methods(from table: MethodTable, byteCount: Int) -> [Method] {
    chosen(from: ladders, table: table, byteCount: byteCount)
  }

  /// The methods of a scale run that names none: each curve shows something of its own. A window of 32 KiB,
  /// one of the whole corpus, a sort; a short context, a longer one in a table of fixed size, and the same
  /// in a table that has room to grow.
  private static let scaleLadders = [
    ["zlib:9"], ["bzip2:9"], ["xz:6e", "xz:6", "xz:1"], ["ngram:2"], ["ngram:5"],
    ["ngram:5:memory=256MiB"],
  ]

  /// The methods of a scale run on so many bytes.
  static func scaleMethods(from table: MethodTable, byteCount: Int) -> [Method] {
    chosen(from: scaleLadders, table: table, byteCount: byteCount)
  }

  private static func chosen(
    from ladders: [[String]], table: MethodTable, byteCount: Int
  ) -> [Method] {
    ladders.compactMap { ladder in
      // A family that is not built in is left out.
      let methods = ladder.compactMap { try? table.method(named: $0) }
      return methods.first { Double(byteCount) / $0.expectedSpeed <= share } ?? methods.last
    }
  }
}

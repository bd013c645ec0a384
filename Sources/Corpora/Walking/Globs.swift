import SystemPackage

/// Shell patterns (fnmatch), of which one must fit.
///
/// A pattern is held against the path relative to the directory that is walked and against its last
/// component: `*.txt` fits at any depth, `docs/*` everything below docs, as `*` crosses `/`.
struct Globs: Sendable {
  private let patterns: [String]

  /// `patterns` as they were typed; a `/` at the end, as completion leaves it, does not count.
  init(_ patterns: [String]) {
    self.patterns = patterns.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
  }

  var isEmpty: Bool { patterns.isEmpty }

  func match(_ relative: FilePath) -> Bool {
    patterns.contains { pattern in
      relative.withPlatformString { Platform.matches(pattern, $0) }
        || relative.lastComponent?.withPlatformString { Platform.matches(pattern, $0) } == true
    }
  }
}

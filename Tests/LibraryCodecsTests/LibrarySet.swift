import BPBCore
import LibraryCodecs

/// The methods of the libraries that this build has.
enum LibrarySet {
  static let table = MethodTable(
    families: LibraryMethods.families, absences: LibraryMethods.absences)

  static func codec(_ name: String) throws -> any Codec { try table.method(named: name).codec }

  /// `cases` if libbz2 was built in.
  static func bzip2<Case>(_ cases: [Case]) -> [Case] {
    #if Bzip2
    cases
    #else
    []
    #endif
  }

  /// `cases` if libzstd was built in.
  static func zstd<Case>(_ cases: [Case]) -> [Case] {
    #if Zstd
    cases
    #else
    []
    #endif
  }

  /// `cases` if libbrotli was built in.
  static func brotli<Case>(_ cases: [Case]) -> [Case] {
    #if Brotli
    cases
    #else
    []
    #endif
  }
}

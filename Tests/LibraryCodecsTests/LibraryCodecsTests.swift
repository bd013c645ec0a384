import BPBCore
import LibraryCodecs
import Testing
import _TestSupport

/// Every method of the module through the checks that hold for all codecs.
@Suite struct LibraryCodecsTests {
  static let everyMethod =
    ["store"] + (1...9).map { "zlib:\($0)" } + (0...9).flatMap { ["xz:\($0)", "xz:\($0)e"] }
    + LibrarySet.bzip2((1...9).map { "bzip2:\($0)" })
    + LibrarySet.zstd((1...22).map { "zstd:\($0)" } + ["zstd:3:long=10", "zstd:19:long=31"])
    + LibrarySet.brotli((0...11).map { "brotli:\($0)" })

  /// At least one for each way through a library.
  static let fewMethods =
    ["store", "zlib:1", "zlib:6", "zlib:9", "xz:0", "xz:6"]
    + LibrarySet.bzip2(["bzip2:1", "bzip2:9"])
    + LibrarySet.zstd(["zstd:3", "zstd:19", "zstd:1:long=27"])
    + LibrarySet.brotli(["brotli:0", "brotli:1", "brotli:5", "brotli:11"])

  static func promises(of method: String) -> CodecPromises {
    var promises = CodecPromises()
    if method.hasPrefix("brotli") { promises.noticesDamage = false }  // it has no checksum
    if method == "store" {
      promises.noticesDamage = false
      promises.refusesTruncation = false
      promises.refusedTail = nil
      promises.metersMemory = false
    }
    return promises
  }

  private func checker(_ name: String) throws -> CodecChecker {
    let method = try LibrarySet.table.method(named: name)
    #expect(method.name == name)
    return CodecChecker(method.codec, named: name, promises: Self.promises(of: name))
  }

  @Test(arguments: everyMethod) func roundTrips(_ name: String) throws {
    #expect(try checker(name).roundTripFailures() == [])
  }

  @Test(arguments: fewMethods) func keepsEveryPromise(_ name: String) throws {
    #expect(try checker(name).failures() == [])
  }
}

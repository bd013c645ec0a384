import BPBCore
import LibraryCodecs
import Testing

/// What the method table says of the libraries.
@Suite struct LibraryMethodsTests {
  @Test(
    arguments: [("zlib", "zlib:6"), ("xz", "xz:6"), ("store", "store")]
      + LibrarySet.bzip2([("bzip2", "bzip2:9")]) + LibrarySet.zstd([("zstd", "zstd:3")])
      + LibrarySet.brotli([("brotli", "brotli:11")]))
  func defaults(_ written: String, _ canonical: String) throws {
    #expect(try LibrarySet.table.method(named: written).name == canonical)
  }

  @Test(arguments: ["zlib:0", "zlib:10", "xz:10", "xz:e", "bzip2:0", "zstd:23", "zstd:3:long=9"])
  func badLevels(_ name: String) {
    #expect(throws: BPBError.self) { try LibrarySet.table.method(named: name) }
  }

  @Test(arguments: LibraryMethods.families.map(\.name))
  func facts(_ name: String) throws {
    let method = try LibrarySet.table.method(named: name)
    let family = try #require(LibraryMethods.families.first { $0.name == name })
    #expect(family.version() == method.version)
    #expect(method.expectedSpeed > 0)
    #expect(method.modelBytes == 0)
    guard family.kind == .library else { return }
    let version = try #require(method.version)
    #expect(version.split(separator: ".").allSatisfy { Int($0) != nil }, "\(version)")
    #expect(method.memory.encoder > method.memory.decoder)
    #expect(method.framingNote != nil)
    if let bytes = method.decoderBytes { #expect(bytes > 10_000) }
  }

  /// Families that are there and names that are known to be absent make up the whole.
  @Test func presentOrAbsent() {
    #expect(LibraryMethods.families.count + LibraryMethods.absences.count == 6)
    #if !Zstd
    #expect(throws: BPBError.self) { try LibrarySet.table.method(named: "zstd:3") }
    #endif
  }

  /// The stated need covers what the library really takes for an input of 3 MB.
  @Test(
    arguments: ["zlib:9", "xz:1"] + LibrarySet.bzip2(["bzip2:9"])
      + LibrarySet.zstd(["zstd:3", "zstd:12", "zstd:1:long=24"])
      + LibrarySet.brotli(["brotli:0", "brotli:1", "brotli:5", "brotli:9"]))
  func memoryIsEnough(_ name: String) throws {
    let method = try LibrarySet.table.method(named: name)
    let input =
      [UInt8](repeating: 0x41, count: 1 << 20)
      + (0..<(2 << 20)).map {
        UInt8(truncatingIfNeeded: $0 &* $0 >> 7)
      }
    let encoder = try method.codec.makeEncoder(byteCount: input.count)
    let decoder = try method.codec.makeDecoder()
    let decode: ByteSink = { bytes throws(BPBError) in try decoder.push(bytes) { _ in } }
    try encoder.push(input.span, to: decode)
    try encoder.finish(to: decode)
    #expect(encoder.peakMemory <= method.memory.encoder)
    #expect(decoder.peakMemory <= method.memory.decoder)
  }

  /// Decoders say what is wrong in the library's own words.
  @Test(
    arguments: ["zlib", "xz"] + LibrarySet.bzip2(["bzip2"]) + LibrarySet.zstd(["zstd"])
      + LibrarySet.brotli(["brotli"]))
  func damageHasAReason(_ name: String) throws {
    let codec = try LibrarySet.codec(name)
    let garbage = [UInt8](repeating: 0xA5, count: 100)
    let error = #expect(throws: BPBError.self) { _ = try codec.decode(garbage.span, limit: 1000) }
    #expect(error?.code == .badData)
    #expect(error?.problem.hasPrefix("the coded block is damaged (") == true)
  }
}

import BPBCore
import FoundationEssentials
import LibraryCodecs
import Testing
import _TestSupport

/// Exact sizes against implementations that share no code with ours.
@Suite struct ReferenceSizesTests {
  /// Bytes of the file at `path` under `root` when coded with `method`.
  private func codedBytes(_ path: String, under root: String, _ method: String) throws -> Int {
    let input = [UInt8](try Data(contentsOf: URL(filePath: root + "/" + path)))
    let coded = try LibrarySet.codec(method).encode(input.span)
    return coded.count
  }

  /// Compares each row, and the total of each method.
  private func compare(_ rows: [ReferenceSizes.Row], under root: String) throws {
    var totals: [String: (ours: Int, theirs: Int)] = [:]
    for row in rows {
      let bytes = try codedBytes(row.path, under: root, row.method)
      #expect(bytes == row.bytes, "\(row.method) of \(row.path)")
      let total = totals[row.method, default: (0, 0)]
      totals[row.method] = (total.ours + bytes, total.theirs + row.bytes)
    }
    for (method, total) in totals { #expect(total.ours == total.theirs, "\(method)") }
    #expect(!rows.isEmpty, "no row of the reference is of the libraries found here")
  }

  @Test(
    .enabled(if: ReferenceSizes.hasCorpora, "the corpora are not here; set BPB_CORPORA"),
    arguments: ["calgary/", "canterbury/", "enwik/"])
  func corporaAsCommitted(_ directory: String) throws {
    let rows = try ReferenceSizes.committed().comparable()
    try compare(
      rows.filter { $0.path.hasPrefix(directory) }, under: ReferenceSizes.corpora)
  }

  @Test(
    .enabled(
      if: ReferenceSizes.hasCorpora && ReferenceSizes.hasPython,
      "the corpora or python3 are not here"))
  func corporaAsMadeNow() throws {
    let live = ReferenceSizes.live(root: ReferenceSizes.corpora, paths: ["canterbury"])
    try compare(try live.comparable(), under: ReferenceSizes.corpora)
  }

  @Test(.enabled(if: ReferenceSizes.hasPython, "python3 is not here"))
  func generatedInputsAsMadeNow() throws {
    let root =
      FileManager.default.temporaryDirectory.path
      + "/bpb-reference-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: root) }
    let large = (0..<9).reduce(into: [UInt8]()) { bytes, seed in
      bytes += SplitMix64.bytes(count: 30_000, seed: UInt64(seed % 5)).map { $0 & 0x37 }
    }
    // Also lengths at which a library that heard of the end too late would begin another block.
    let inputs = [
      ("large", large), ("128 KiB", Array(large[..<(128 << 10)])),
      ("256 KiB", Array(large[..<(256 << 10)])),
    ]
    for (name, bytes) in HostileInputs.all + inputs {
      try Data(bytes).write(to: URL(filePath: root + "/" + name))
    }
    try compare(try ReferenceSizes.live(root: root).comparable(), under: root)
  }

  /// The sizes that are published for the first million bytes of the Wikipedia dump.
  @Test(
    .enabled(if: ReferenceSizes.hasCorpora, "the corpora are not here; set BPB_CORPORA"),
    arguments: [("zlib:9", 355_779), ("xz:6", 290_692)] + LibrarySet.bzip2([("bzip2:9", 281_323)]))
  func publishedSizes(_ method: String, _ bytes: Int) throws {
    if method == "zlib:9", try LibrarySet.table.method(named: method).version != "1.2.13" {
      return  // other versions of zlib find other matches
    }
    let coded = try codedBytes("enwik/enwik6", under: ReferenceSizes.corpora, method)
    #expect(coded == bytes)
  }
}

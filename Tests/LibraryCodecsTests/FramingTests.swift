import BPBCore
import LibraryCodecs
import Testing
import _TestSupport

/// What counts as framing, worked out by hand from the formats.
@Suite struct FramingTests {
  private func framing(_ method: String, _ input: [UInt8]) throws -> (framing: Int, coded: Int) {
    let codec = try LibrarySet.codec(method)
    let run = CoderRun(
      { () throws(BPBError) in try codec.makeEncoder(byteCount: input.count) }, over: input)
    return (run.framingBytes, run.bytes.count)
  }

  @Test(
    arguments: [("store", 0, 0), ("zlib:9", 6, 8), ("xz:6", 32, 32)]
      + LibrarySet.bzip2([("bzip2:9", 14, 14)])
      // Magic 4, descriptor 1, content size 1; an empty block of 3; checksum 4.
      + LibrarySet.zstd([("zstd:19", 10, 13)])
      + LibrarySet.brotli([("brotli:11", 1, 1)]))
  func emptyInput(_ method: String, _ framing: Int, _ coded: Int) throws {
    let found = try self.framing(method, [])
    #expect(found.framing == framing)
    #expect(found.coded == coded)
  }

  /// LZMA2 stores what it cannot shorten: a chunk header of 3 bytes, the bytes, an end mark of 1.
  @Test(arguments: 1...9)
  func xzPadding(_ count: Int) throws {
    let found = try framing("xz:6", SplitMix64.bytes(count: count, seed: 8))
    #expect(found.coded - found.framing == 3 + count + 1)
    #expect(found.coded % 4 == 0)
  }

  /// 64 KiB chunks of LZMA2, each with a header of 3 bytes, and a larger size in the index.
  @Test func xzLargeIndex() throws {
    let found = try framing("xz:0", SplitMix64.bytes(count: 300_000, seed: 8))
    #expect(found.coded - found.framing == 300_000 + 5 * 3 + 1)
    // Stream header 12, block header 12, check 8, padding, index, footer 12.
    let index = (1 + 1 + 3 + 3 + 3) / 4 * 4 + 4
    let padding = (4 - (300_000 + 16) % 4) % 4
    #expect(found.framing == 12 + 12 + padding + 8 + index + 12)
  }

  #if Zstd
  /// The content size takes 1, 2 (from 256 bytes) or 4 bytes (from 65,792).
  @Test(arguments: [(255, 10), (256, 11), (65_791, 11), (65_792, 13)])
  func zstdHeader(_ count: Int, _ framing: Int) throws {
    let found = try self.framing("zstd:3", [UInt8](repeating: 0x41, count: count))
    #expect(found.framing == framing)
  }
  #endif
}

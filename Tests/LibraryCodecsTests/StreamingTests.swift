import BPBCore
import LibraryCodecs
import Testing
import _TestSupport

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Encoder and decoder in step over more bytes than either may hold.
@Suite struct StreamingTests {
  /// What came of `count` times `block` through encoder and decoder in step.
  private func measure(
    _ method: String, _ block: [UInt8], times count: Int
  ) throws -> (memory: Int, isEqual: Bool) {
    let codec = try LibrarySet.codec(method)
    let encoder = try codec.makeEncoder(byteCount: block.count * count)
    let decoder = try codec.makeDecoder()
    let comparison = Comparison(with: block)
    let compare: ByteSink = { bytes throws(BPBError) in comparison.take(bytes) }
    let decode: ByteSink = { bytes throws(BPBError) in try decoder.push(bytes, to: compare) }
    for _ in 0..<count { try encoder.push(block.span, to: decode) }
    try encoder.finish(to: decode)
    try decoder.finish(to: compare)
    return (
      encoder.peakMemory + decoder.peakMemory,
      comparison.isEqual && comparison.count == block.count * count
    )
  }

  @Test(arguments: ["zlib:6"] + LibrarySet.bzip2(["bzip2:1"]) + LibrarySet.zstd(["zstd:1"]))
  func memoryDoesNotGrow(_ method: String) throws {
    let block = SplitMix64.bytes(count: 1 << 20, seed: 9).map { $0 & 0x0F }
    let short = try measure(method, block, times: 2)
    let long = try measure(method, block, times: method == "zlib:6" ? 64 : 12)
    #expect(short.isEqual && long.isEqual)
    #expect(long.memory == short.memory)
    let stated = try LibrarySet.table.method(named: method).memory.total
    #expect(long.memory <= stated)
  }

  /// A decoder's sink that knows what is to come.
  private final class Comparison {
    private let block: [UInt8]
    private(set) var count = 0
    private(set) var isEqual = true

    init(with block: [UInt8]) { self.block = block }

    func take(_ bytes: Span<UInt8>) {
      var start = 0
      while start < bytes.count {
        let offset = count % block.count
        let length = min(bytes.count - start, block.count - offset)
        let part = bytes.extracting(start..<start + length)
        isEqual = isEqual && block.withUnsafeBytes { Self.matches(part, $0.baseAddress! + offset) }
        start += length
        count += length
      }
    }

    private static func matches(_ part: Span<UInt8>, _ expected: UnsafeRawPointer) -> Bool {
      part.withUnsafeBytes { memcmp($0.baseAddress!, expected, $0.count) == 0 }
    }
  }
}

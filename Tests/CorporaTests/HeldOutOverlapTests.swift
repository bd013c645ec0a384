import BPBCore
import Corpora
import Testing

struct HeldOutOverlapTests {
  private static func random(_ count: Int, seed: UInt64, below bound: UInt64 = 256) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in UInt8(generator.next(below: bound)) }
  }

  private static func arrangement(_ files: [[UInt8]], seed: UInt64 = 1) throws -> CorpusArrangement
  {
    try CorpusArrangement(
      of: Corpus(
        files: files.enumerated().map { CorpusFile(name: "\($0.offset)", bytes: $0.element) }),
      seed: seed)
  }

  /// The plain way: every window of one part among the set of all windows of the other.
  private static func reference(
    _ arrangement: CorpusArrangement, windowSize: Int, blockSize: Int
  ) throws -> HeldOutOverlap {
    let heldOut = try #require(arrangement.heldOut)
    let stream = arrangement.stream
    func windows(_ range: Range<Int>) -> [Range<Int>] {
      guard range.count >= windowSize else { return [] }
      return (range.lowerBound...range.upperBound - windowSize).map { $0..<$0 + windowSize }
    }
    let known = Set(windows(arrangement.training).map { Array(stream[$0]) })
    let own = arrangement.segments.filter { $0.part == .heldOut }.flatMap {
      windows($0.streamRange)
    }
    let shared = own.filter { known.contains(Array(stream[$0])) }
    let bytes = Set(shared.joined())
    return HeldOutOverlap(
      windowSize: windowSize, blockSize: blockSize, windowCount: own.count,
      sharedWindowCount: shared.count, byteCount: heldOut.count, sharedByteCount: bytes.count,
      sharedBlocks: stride(from: heldOut.lowerBound, to: heldOut.upperBound, by: blockSize).map {
        !bytes.isDisjoint(with: $0..<min($0 + blockSize, heldOut.upperBound))
      })
  }

  @Test(arguments: [3, 50, 700]) func agreesWithThePlainWay(windowSize: Int) throws {
    // Three symbols, so that short windows are shared often and long ones never.
    let texts = [
      [Self.random(45_000, seed: 1, below: 3)],
      (0..<25).map { Self.random(1700 + Int($0), seed: $0, below: 3) },
      (0..<25).map { Self.random(2000, seed: $0 / 2, below: 200) },
    ]
    for files in texts {
      let arrangement = try Self.arrangement(files)
      let overlap = arrangement.overlap(windowSize: windowSize, blockSize: 700)
      #expect(
        try overlap == Self.reference(arrangement, windowSize: windowSize, blockSize: 700))
    }
  }

  @Test func randomFilesShareNothing() throws {
    let overlap = try #require(try Self.arrangement([Self.random(200_000, seed: 4)]).overlap())
    #expect(overlap.sharedWindowCount == 0 && overlap.byteShare == 0 && overlap.windowShare == 0)
    #expect(overlap.windowSize == 50 && overlap.blockSize == 4096 && overlap.byteCount == 20_000)
    // Eight blocks of 2,500 bytes, each with 2,451 windows.
    #expect(overlap.windowCount == 8 * 2451 && overlap.cleanBlocks == Array(0..<5))
  }

  @Test func aPlantedLeakIsFound() throws {
    var files = (0..<40).map { Self.random(4096, seed: $0) }
    let clean = try Self.arrangement(files)
    let held = clean.segments.filter { $0.part == .heldOut }
    let trained = try #require(clean.segments.first { $0.part == .training })
    #expect(held.count == 4)
    // 49 bytes are no leak, 60 bytes are 11 windows.
    files[trained.fileIndex].replaceSubrange(100..<149, with: files[held[0].fileIndex][500..<549])
    files[trained.fileIndex].replaceSubrange(900..<960, with: files[held[2].fileIndex][0..<60])
    let overlap = try #require(try Self.arrangement(files).overlap())
    #expect(overlap.sharedWindowCount == 11 && overlap.sharedByteCount == 60)
    #expect(
      overlap.sharedBlocks == [false, false, true, false] && overlap.cleanBlocks == [0, 1, 3])
    #expect(overlap.windowShare == 11.0 / Double(4 * (4096 - 49)))
    #expect(overlap.byteShare == 60.0 / 16_384)
  }

  @Test func aDuplicateAcrossTheSplitIsWhollyShared() throws {
    var files = (0..<40).map { Self.random(3000, seed: $0) }
    let clean = try Self.arrangement(files)
    let held = try #require(clean.segments.first { $0.part == .heldOut })
    let trained = try #require(clean.segments.first { $0.part == .training })
    files[trained.fileIndex] = files[held.fileIndex]
    let overlap = try #require(try Self.arrangement(files).overlap(blockSize: 3000))
    #expect(overlap.sharedByteCount == 3000 && overlap.sharedWindowCount == 2951)
    #expect(overlap.sharedBlocks == [true, false, false, false])
  }

  /// What stands twice in the held-out part alone is no overlap.
  @Test func duplicatesWithinTheHeldOutPartAreNone() throws {
    var files = (0..<40).map { Self.random(3000, seed: $0) }
    let held = try Self.arrangement(files).segments.filter { $0.part == .heldOut }
    files[held[0].fileIndex] = files[held[1].fileIndex]
    let overlap = try #require(try Self.arrangement(files).overlap())
    #expect(overlap.sharedWindowCount == 0 && overlap.windowCount == 4 * 2951)
  }

  /// The sequence of Thue and Morse and its complement have the same polynomial hash modulo 2^64, whatever
  /// the base: equal hashes must not pass for equal windows.
  @Test func windowsOfEqualHashesAreTold() throws {
    var files = (0..<40).map { Self.random(3000, seed: $0) }
    let clean = try Self.arrangement(files)
    let held = try #require(clean.segments.first { $0.part == .heldOut })
    let trained = try #require(clean.segments.first { $0.part == .training })
    let sequence = (0..<2048).map { UInt8($0.nonzeroBitCount % 2) }
    files[held.fileIndex].replaceSubrange(0..<2048, with: sequence)
    files[trained.fileIndex].replaceSubrange(0..<2048, with: sequence.map { 1 - $0 })
    let overlap = try #require(try Self.arrangement(files).overlap(windowSize: 2048))
    #expect(overlap.sharedWindowCount == 0 && overlap.windowCount == 4 * 953)
    files[trained.fileIndex].replaceSubrange(500..<2548, with: sequence)
    #expect(try Self.arrangement(files).overlap(windowSize: 2048)?.sharedWindowCount == 1)
  }

  @Test func oneByteRepeatedIsWhollyShared() throws {
    let overlap = try #require(
      try Self.arrangement([[UInt8](repeating: 7, count: 100_000)]).overlap())
    #expect(overlap.windowShare == 1 && overlap.byteShare == 1 && overlap.cleanBlocks.isEmpty)
  }

  @Test func windowsThatNoSegmentHoldsAreNone() throws {
    let arrangement = try Self.arrangement([Self.random(50_000, seed: 1)])
    let overlap = try #require(arrangement.overlap(windowSize: 100_000))
    #expect(overlap.windowCount == 0 && overlap.windowShare == nil && overlap.byteShare == 0)
    #expect(try Self.arrangement([Self.random(500, seed: 1)]).overlap() == nil)
  }
}

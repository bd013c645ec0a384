import BPBCore
import Corpora
import Measuring
import RunRecords
import Testing

/// A frozen model's account of a file adds up.
@Suite struct HeldOutMeterTests {
  private static let text = (0..<10_000).map { UInt8(truncatingIfNeeded: $0) }

  private static func method(_ pool: FrozenModelPool?) -> Method {
    var method = fakeMethod("model")
    method.frozen = pool
    method.modelBytes = 77
    return method
  }

  private static let model = method(
    FrozenModelPool { () throws(BPBError) in try FakeLearning().restore([3].span) })

  private func record(
    of bytes: [UInt8] = text, by method: Method = model, training: TrainingTraces? = nil,
    guesses: Bool = false, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(BPBError) -> CellRecord {
    try HeldOutMeter(
      run: "run", guesses: guesses, clock: TickingClock(), isCancelled: isCancelled
    ).measure(
      HeldOutJob(
        method: method, file: CorpusFile(name: "it", bytes: bytes), training: training))
  }

  @Test func blocksAndPositionsAreAllOfTheFile() throws {
    let record = try record()
    let heldOut = try #require(record.heldOut)
    // Eight bits a byte, by the fake model.
    #expect(heldOut.bits == 80_000 && record.codedBytes == 10_000 && record.kind == "heldout")
    #expect(heldOut.blockSize == 4096 && heldOut.blockBits == [32768, 32768, 14464])
    #expect(heldOut.positions.map(\.start) == [0, 64, 256, 1024, 4096])
    #expect(heldOut.positions.map(\.bytes) == [64, 192, 768, 3072, 5904])
    #expect(heldOut.positions.allSatisfy { $0.bits == 8 * Double($0.bytes) })
    #expect(heldOut.topOne == nil && heldOut.isTrainedOn == nil && heldOut.sharedWindows == nil)
    #expect(record.modelBytes == 77 && record.error == nil && record.verified == nil)
    #expect(record.encodeSeconds.count == 1)
  }

  @Test func guessesAreCounted() throws {
    // The fake model always holds 3 likeliest: once in 256 places, from the fourth on.
    #expect(try record(guesses: true).heldOut?.topOne == .init(right: 40, of: 10_000))
  }

  @Test func anEmptyFileIsAFile() throws {
    let record = try record(of: [])
    #expect(record.heldOut?.bits == 0 && record.codedBytes == 0 && record.error == nil)
    #expect(record.heldOut?.positions == [] && record.heldOut?.blockBits == [])
  }

  @Test func largeFilesHaveNoMoreBlocks() throws {
    let heldOut = try #require(
      try record(of: [UInt8](repeating: 1, count: 5_000_001)).heldOut)
    #expect(heldOut.blockBits.count <= 1024 && heldOut.blockSize % 64 == 0)
    #expect(heldOut.bits == 40_000_008)
    #expect(heldOut.positions.reduce(0) { $0 + $1.bytes } == 5_000_001)
  }

  @Test func trainingDataAreRecognised() throws {
    var generator = SeededGenerator(seed: 1)
    let text = (0..<200_000).map { _ in UInt8(generator.next(below: 256)) }
    var sketch = WindowSketch(byteCount: 100_000)
    sketch.add(text.span.extracting(0..<100_000))
    let sha256 = CorpusFile(name: "", bytes: text).sha256
    let half = try #require(
      try record(of: text, training: TrainingTraces(sha256s: [], sketch: sketch)).heldOut)
    #expect(half.isTrainedOn == false)
    #expect(abs((half.sharedWindows?.fraction ?? 0) - 0.5) < 0.15)
    let all = try #require(
      try record(of: text, training: TrainingTraces(sha256s: [sha256], sketch: nil)).heldOut)
    #expect(all.isTrainedOn == true && all.sharedWindows == nil)
  }

  @Test func failuresAreRecordsAndStopsAreNot() throws {
    let failing = FrozenModelPool { () throws(BPBError) in throw BPBError(.badData, "is broken") }
    #expect(try record(by: Self.method(failing)).error == "is broken")
    #expect(try record(by: Self.method(nil)).error?.contains("not a model") == true)
    let error = #expect(throws: BPBError.self) { try record(isCancelled: { true }) }
    #expect(error?.code == .cancelled)
  }
}

import BPBCore
import Corpora
import Measuring
import RunRecords
import Testing
import _TestSupport

@Suite struct CellMeterTests {
  private let file = CorpusFile(name: "a", bytes: SplitMix64.bytes(count: 5000, seed: 1))

  private func cell(
    _ damage: FakeCodec.Damage = .none, policy: BlockPolicy = .perFile
  ) -> Cell {
    Cell(
      method: fakeMethod("fake", FakeCodec(damage: damage)), source: BlockSource(file: file),
      policy: policy)
  }

  @Test func aCellThatVerifiesSaysSo() throws {
    let record = try meter().measure(cell())
    #expect(record.codedBytes == 5001)
    #expect(record.framingBytes == 1)
    #expect(record.blocks == 1)
    #expect(record.verified == true)
    #expect(record.memoryBytes == 100)
    #expect(record.encodeSeconds.count == 1 && record.encodeSeconds[0] > 0)
    #expect(record.decodeSeconds.count == 1 && record.decodeSeconds[0] > 0)
    #expect(record.error == nil)
  }

  @Test func withoutDecodingNothingIsSaidOfVerification() throws {
    let record = try meter(verifies: false).measure(cell(.changes))
    #expect(record.codedBytes == 5001)
    #expect(record.verified == nil)
    #expect(record.decodeSeconds == [])
  }

  @Test(arguments: [
    (FakeCodec.Damage.changes, "other bytes at byte 2500"), (.cutsShort, "ends early"),
    (.adds, "more bytes"), (.throwsBadData, "made no sense"),
  ])
  func aDecoderThatFailsIsCaught(damage: FakeCodec.Damage, sentence: String) throws {
    let record = try meter().measure(cell(damage))
    #expect(record.verified == false)
    #expect(record.codedBytes == nil)
    #expect(record.error?.contains(sentence) == true, "\(record.error ?? "")")
  }

  @Test func sizesThatDifferBetweenRepetitionsAreAFailure() throws {
    let record = try meter(verifies: false, repetitions: 2).measure(cell(.differsEachTime))
    #expect(record.codedBytes == nil)
    #expect(record.error?.contains("deterministic") == true)
  }

  @Test func repetitionsGiveOneSampleEach() throws {
    let record = try meter(repetitions: 3).measure(cell())
    #expect(record.encodeSeconds.count == 3 && record.decodeSeconds.count == 3)
    #expect(record.codedBytes == 5001)
  }

  @Test(arguments: [(1, 5000), (2048, 3), (4999, 2), (5000, 1), (5001, 1)])
  func chunksAreBlocksOfTheirOwn(size: Int, blocks: Int) throws {
    let record = try meter().measure(cell(policy: .chunk(size)))
    #expect(record.blocks == blocks)
    #expect(record.codedBytes == 5000 + blocks)
    #expect(record.verified == true)
  }

  @Test func anEmptyFileIsOneBlockOfFraming() throws {
    let empty = Cell(
      method: fakeMethod("fake"), source: BlockSource(file: CorpusFile(name: "e", bytes: [])),
      policy: .perFile)
    let record = try meter().measure(empty)
    #expect(record.bytes == 0 && record.codedBytes == 1 && record.blocks == 1)
    #expect(record.verified == true)
  }

  @Test func aStreamOfAllFilesIsOneBlock() throws {
    let corpus = Corpus(files: [file, file, CorpusFile(name: "e", bytes: [])])
    let sources = BlockSource.all(of: corpus, policy: .solid)
    #expect(sources.count == 1)
    let record = try meter().measure(
      Cell(method: fakeMethod("fake"), source: sources[0], policy: .solid))
    #expect(record.codedBytes == 10_001 && record.blocks == 1 && record.path == nil)
    #expect(record.sha256 == corpus.sha256)
  }

  @Test func aCancelledCellGivesNoRecord() {
    let error = #expect(throws: BPBError.self) {
      try meter(isCancelled: { true }).measure(cell())
    }
    #expect(error?.code == .cancelled)
  }
}

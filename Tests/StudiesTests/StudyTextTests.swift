import BPBCore
import Corpora
import RunRecords
import Testing

@testable import Studies

@Suite struct StudyTextTests {
  private func arranged(_ byteCount: Int) throws -> CorpusArrangement {
    var generator = SeededGenerator(seed: 3)
    let bytes = (0..<byteCount).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    let corpus = Corpus(files: [CorpusFile(name: "a", bytes: bytes)])
    return try CorpusArrangement(of: corpus, seed: 1, heldOutShare: StudyText.heldOutShare)
  }

  /// Of random bytes no eight come twice: what two parts share would be a part of both.
  @Test func partsHaveNothingInCommon() throws {
    let text = try StudyText(arranged(200_000))
    func windows(_ bytes: [UInt8]) -> Set<[UInt8]> {
      Set(stride(from: 0, to: bytes.count - 8, by: 1).map { Array(bytes[$0..<$0 + 8]) })
    }
    let (training, tune, test) = (windows(text.training), windows(text.tune), windows(text.test))
    #expect(training.isDisjoint(with: tune) && training.isDisjoint(with: test))
    #expect(tune.isDisjoint(with: test))
    #expect(text.tune.count > 15_000 && text.test.count > 15_000)
    #expect(text.overlap?.found == 0)
    #expect((256...4096).contains(text.blockSize))
  }

  @Test func tooLittleIsSaid() throws {
    let error = #expect(throws: BPBError.self) { try StudyText(arranged(20_000)) }
    #expect(error?.code == .noInput)
  }
}

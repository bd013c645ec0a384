import BPBCore
import Corpora
import Evidence
import Measuring
import RunRecords
import Synchronization

@testable import Studies

/// A study that measures nothing but how it is asked.
struct FakeStudy: Study {
  let name = "fake"
  var protocolVersion = "1"
  let summary = "What a runner does"
  let claims: [StudyClaim] = []
  let asked = Counter()

  final class Counter: Sendable {
    let value = Mutex(0)
  }

  func cells(on text: StudyText, preset: StudyPreset, seed: UInt64) -> [StudyCell] {
    (0..<4).map { index in
      StudyCell(["part": "\(index)", "seed": "\(seed)"], expectedSeconds: 1, memoryNeed: 1) {
        [asked] bench throws(BPBError) in
        asked.value.withLock { $0 += 1 }
        try bench.pause()
        guard index != 3 else { throw BPBError(.methodFailed, "out of luck") }
        return StudyFigures(
          figures: [
            "bytes": Double(bench.text.training.count), "part": Double(index), "none": .nan,
          ],
          series: ["row": [1, 2]], texts: ["word": "a"])
      }
    }
  }

  func findings(of results: StudyResults) -> StudyFindings { StudyFindings() }
}

/// A text of three parts that have no byte in common.
let smallText = StudyText(
  training: [UInt8](repeating: 97, count: 5000), tune: [UInt8](repeating: 98, count: 600),
  test: [UInt8](repeating: 99, count: 700), stream: "stream")

/// A clock that stands.
struct StandingClock: RunClock { func now() -> Double { 0 } }

extension StudyPlan {
  /// The records of `cell`, of which none is known.
  func lines(
    _ cell: StudyCell, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(BPBError) -> [StudyCellRecord] {
    var records: [StudyCellRecord] = []
    let context = StudyContext(run: "r", clock: StandingClock(), isCancelled: isCancelled)
    try measure(cell, after: Records(), in: context) { record throws(BPBError) in
      records.append(record)
    }
    return records
  }
}

extension StudyCell {
  /// What a cell of one record gives.
  func measured(on bench: StudyBench) throws(BPBError) -> StudyFigures {
    var given = StudyFigures()
    try measure(bench) { _, figures throws(BPBError) in given = figures }
    return given
  }
}

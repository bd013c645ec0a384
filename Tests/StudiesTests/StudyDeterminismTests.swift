import BPBCore
import Evidence
import Measuring
import RunRecords
import Testing

@testable import Studies

/// A study of a few cells of others, each as small as it can be.
private struct SmallStudy: Study {
  let name: String
  let protocolVersion = "1"
  let summary = "What a run gives twice"
  let claims: [StudyClaim] = []
  let small: @Sendable (UInt64) -> [StudyCell]

  func cells(on text: StudyText, preset: StudyPreset, seed: UInt64) -> [StudyCell] { small(seed) }

  func findings(of results: StudyResults) -> StudyFindings { StudyFindings() }

  static let capacity = SmallStudy(name: "capacity") { seed in
    let network = CapacityNetwork(named: "3k")
    return [0.02, 0.1, 0.2].map { network.noiseCell(load: $0, seed: seed, exposures: 2...4) }
  }

  static let overfit = SmallStudy(name: "overfit") { seed in
    OverfitRun.Regulariser.allCases.map {
      OverfitRun(size: "3k", unique: 2048, epochs: 1, regulariser: $0, seed: seed).cell
    } + [SeenRun(size: "3k", bytes: 2048, epochs: 1, seed: seed).cell]
  }
}

/// What a whole run records depends on the text, the cells and the seed: not on how many cells run side by side.
@Suite struct StudyDeterminismTests {
  private static let text: StudyText = {
    var generator = SeededGenerator(seed: 7)
    let words = ["so", "it", "was", "a", "cat", "on", "the", "mat"]
    let bytes = (0..<2500).flatMap { _ in Array(words[Int(generator.next(below: 8))].utf8) + [32] }
    return StudyText(
      training: Array(bytes[..<6000]), tune: Array(bytes[6000..<6300]),
      test: Array(bytes[6300..<6900]), stream: "stream")
  }()

  /// The cells' records in the order of the plan, from a run of so many cells at a time.
  private func records(
    _ study: SmallStudy, jobs: Int
  ) async throws -> [StudyCellRecord] {
    let plan = StudyPlan(study, on: Self.text, preset: .quick, seed: 1, selfCheck: [])
    var records = [StudyCellRecord?](repeating: nil, count: plan.cells.count)
    let scheduler = Scheduler(jobs: jobs, memoryLimit: 1 << 30)
    try await scheduler.run(plan.cells, isCancelled: { false }) { cell in
      do throws(BPBError) {
        return .success(try plan.lines(cell)[0])
      } catch {
        return .failure(error)
      }
    } deliver: { outcome throws(BPBError) in
      records[outcome.index] = try outcome.result.get()
    }
    return records.compactMap { $0 }
  }

  @Test(arguments: ["capacity", "overfit"])
  func aRunGivesTheSameOnAnyNumberOfCores(_ name: String) async throws {
    let study = name == "capacity" ? SmallStudy.capacity : .overfit
    let alone = try await records(study, jobs: 1)
    #expect(alone.count >= 3 && alone.allSatisfy { $0.error == nil && !$0.figures.isEmpty })
    #expect(try await records(study, jobs: 2) == alone)
  }
}

import BPBCore
import Evidence
import Measuring
import NeuralModels
import Reports
import RunRecords
import Testing

@testable import Studies

@Suite struct RateDistortionTests {
  private let study = RateDistortionStudy()

  private var plan: StudyPlan {
    StudyPlan(
      study, on: smallText, preset: .quick, seed: 1,
      selfCheck: [SelfCheckRow("one", passed: true)])
  }

  /// Records in which each network's loss at a level is `loss` bits per byte of the tune and of the test part.
  private func results(
    _ loss: (_ level: String, _ cell: StudyCellRecord) -> (tune: Double, test: Double)
  ) -> StudyResults {
    let record = plan.record
    let sizes = stride(from: 0, to: record.test.bytes, by: record.blockSize).map {
      Double(min(record.blockSize, record.test.bytes - $0))
    }
    let lines = record.cells.map { name -> RecordLine in
      var cell = StudyCellRecord(
        key: .init(
          study: study.name, protocolVersion: study.protocolVersion, stream: "stream", cell: name),
        run: "r")
      let levels =
        switch cell.parameter("arm") {
        case "weights", "overfitted": WeightsCell.levels.map(\.text)
        case "table": ["size=4000 order=3 grain=0.0", "size=9000 order=3 grain=0.0"]
        default: [String]()
        }
      for level in levels {
        let (tune, test) = loss(level, cell)
        cell.figures[level + " tune"] = tune
        cell.figures[level + " test"] = test
        cell.figures[level + " bytes"] = level.hasPrefix("size=9000") ? 9000 : 4000
        cell.series[level] = sizes.map { $0 * test }
      }
      return .study(cell)
    }
    return StudyResults(record, in: Records(lines))
  }

  private func answer(_ name: String, _ results: StudyResults) throws -> Verdict {
    let answers = study.findings(of: results).answers
    return try #require(answers.first { $0.claim.name == name }?.verdict)
  }

  /// One level is much better on the test part, and not on the tune part: it is not the one that counts.
  @Test func aLevelIsChosenOnTheTunePartAlone() throws {
    let results = results { level, _ in
      switch level {
      case "uniform:bits=3": (2.5, 1.0)
      case "blocks:bits=8:block=32": (1.9, 2.2)
      default: (2, 2)
      }
    }
    let verdict = try answer("loss-of-bits-helps", results)
    #expect(abs(verdict.estimate.value - 0.2) < 1e-9)
    #expect(verdict.outcome == .notSupported)
  }

  /// What helps networks that were trained too long is no answer about the others, and the reverse.
  @Test func overfittedNetworksAreJudgedApart() throws {
    func outcomes(_ loss: Double) throws -> [Verdict.Outcome] {
      let results = results { level, cell in
        let isHelped = cell.parameter("arm") == "overfitted" && level == "uniform:bits=5"
        return isHelped ? (1.9, loss) : (2, 2)
      }
      return try ["loss-of-bits-helps", "loss-mends-overfitting"].map {
        try answer($0, results).outcome
      }
    }
    #expect(try outcomes(1.8) == [.notSupported, .supported])
    #expect(try outcomes(2.1) == [.notSupported, .notSupported])
    let rows = study.findings(
      of: results { level, _ in level == "uniform:bits=5" ? (1.9, 1.8) : (2, 2) }
    ).tables.first { $0.title == "Networks that were trained far too long" }?.rows
    #expect(
      rows?[0].prefix(4) == ["30k", "2.000", "1.800", "-0.2000"]
        && rows?[0].last?.hasPrefix("uniform:bits=5") == true)
  }

  /// A table may have as many bytes as the network, and is chosen on the tune part too.
  @Test func tablesAreHeldAgainstNetworksOfEqualBytes() throws {
    let results = results { level, _ in
      level.hasPrefix("size=9000") ? (0.5, 0.5) : level.hasPrefix("size=4000") ? (1, 1.5) : (2, 2)
    }
    let verdict = try answer("tables-at-equal-bits", results)
    #expect(abs(verdict.estimate.value + 0.5) < 1e-9)
  }

  @Test func longerTrainingIsHeldAgainstShorter() throws {
    let results = results { level, cell in
      let rise = cell.parameter("multiple") == "60" ? 0.3 : 0.1
      return level == "uniform:bits=4" ? (2, 2 + rise) : (2, 2)
    }
    let verdict = try answer("longer-training-is-brittle", results)
    #expect(abs(verdict.estimate.value - 0.2) < 1e-9 && verdict.outcome == .supported)
  }

  /// A real text and a real model: the lossless end is the residual and a header, and fewer bits are more errors.
  @Test func aTextIsCodedWithLosses() throws {
    let words = ["the", "cat", "sat", "on", "a", "mat", "and", "saw", "that", "rat"]
    var generator = SeededGenerator(seed: 1)
    let text = (0..<4000).flatMap { _ in
      Array(words[Int(generator.next(below: 10))].utf8) + [32]
    }
    let parts = StudyText(
      training: Array(text.dropLast(2000)), tune: [], test: Array(text.suffix(2000)), stream: "s")
    let bench = StudyBench(text: parts) { () throws(BPBError) in }
    let cell = TextCell(stretch: 0, bytes: 600).cell
    let measured = try cell.measured(on: bench)
    let files = try #require(measured.series["file_bytes"])
    let errors = try #require(measured.series["errors"])
    #expect(errors[0] == 0)
    #expect(
      files[0] > measured.figures["residual"]! && files[0] <= measured.figures["residual"]! + 20)
    let hull = zip(measured.series["hull_errors"]!, measured.series["hull_rate"]!)
    for (one, next) in zip(hull, hull.dropFirst()) { #expect(one.0 < next.0 && one.1 > next.1) }
    #expect(measured.figures["rate_at_5"]! < measured.figures["time_sharing_at_5"]!)
    #expect(try cell.measured(on: bench).series == measured.series)
  }
}

import BPBCore
import Evidence
import Measuring
import NeuralModels
import Reports
import RunRecords
import Testing

@testable import Studies

@Suite struct CapacityTests {
  private let tiny = Architecture.transformer(layers: 1, width: 8, heads: 1, context: 64)

  private let bench = StudyBench(text: smallText) { () throws(BPBError) in }

  @Test func sequencesAreThoseOfTheSeed() {
    let sequences = RandomSequences(count: 3, seed: 1)
    #expect(sequences.count == 3 && sequences.bits == 3 * 512)
    #expect(sequences.text == RandomSequences(count: 3, seed: 1).text)
    #expect(sequences.text != RandomSequences(count: 3, seed: 2).text)
    #expect(abs(sequences.orderBits - 2.584962500721156) < 1e-12)
  }

  /// Two sequences shown a hundred times are known in part; nothing but learning them can do that.
  @Test func noiseIsLearnedByHeart() throws {
    let sequences = RandomSequences(count: 2, seed: 1)
    let outcome = try SequenceMemory(
      architecture: tiny, sequences: sequences, seed: 1, exposures: 100...100
    ).measure(on: bench)
    #expect(outcome.bits > 100 && outcome.bits < sequences.bits)
    #expect(outcome.gain == nil && !outcome.hasConverged, "one run says nothing of the next")
    let losses = SequenceLosses(
      of: outcome.weights, time: RandomSequences.length, kernels: .best)
    let other = RandomSequences(count: 20, seed: 9)
    let mean = losses.bits(of: other.text).reduce(0, +) / other.bits
    #expect(mean > 1, "sequences that were not planted are not known: \(mean)")
  }

  @Test func aTableHoldsNoMoreThanItsBits() throws {
    let table = try NoiseTable.largest(within: 20_000, seed: 1, on: bench)
    #expect(table.bits <= 20_000 && table.bits > 15_000)
    #expect(table.memorised > 0 && table.memorised <= Double(table.bits))
  }

  /// Records as networks of `perParameter` bits for each parameter would leave them, of which `kept` stay at a level.
  private func results(
    kept: (WeightsLevel, UInt64) -> Double = { _, _ in 1 }, perParameter: (Double, UInt64) -> Double
  ) throws -> StudyResults {
    let study = CapacityStudy()
    let plan = StudyPlan(
      study, on: smallText, preset: .quick, seed: 1,
      selfCheck: [SelfCheckRow("one", passed: true)])
    let lines = plan.record.cells.compactMap { name -> RecordLine? in
      var cell = StudyCellRecord(
        key: .init(
          study: study.name, protocolVersion: study.protocolVersion, stream: "stream", cell: name),
        run: "r")
      guard cell.parameter("arm") == "noise" else { return nil }
      let parameters = cell.parameter("size") == "3k" ? 2840.0 : 10320
      cell.figures = [
        "parameters": parameters, "bits": 1e5, "exposures": 1000, "gain": 0.001, "converged": 1,
        "memorised": parameters * perParameter(parameters, UInt64(cell.number("seed")!)),
      ]
      for level in CoarseMemory.levels {
        cell.figures[CoarseMemory.bytesName(level)] = parameters
        cell.figures[CoarseMemory.memorisedName(level)] =
          cell.figures["memorised"]! * kept(level, UInt64(cell.number("seed")!))
      }
      return .study(cell)
    }
    return StudyResults(plan.record, in: Records(lines))
  }

  private func outcomes(_ results: StudyResults) -> [Verdict.Outcome?] {
    CapacityStudy().findings(of: results).answers.map { $0.verdict?.outcome }
  }

  @Test func whatIsStoredIsSeen() throws {
    let stored = try results { _, seed in 2.5 + 0.01 * Double(seed) }
    #expect(outcomes(stored) == [.supported, .supported, .supported, .notSupported, nil, nil])
    let findings = CapacityStudy().findings(of: stored)
    #expect(findings.reading[0].hasPrefix("3k: 2,840 parameters know 2.52 bits of noise each."))
    #expect(findings.tables.count == 2)
    #expect(findings.charts.map(\.name) == ["capacity", "precision"])
  }

  /// What the verdicts at eight and at four bits are where a level keeps a share, which differs between seeds.
  private func coarse(
    _ kept: @escaping (WeightsLevel, Double) -> Double
  ) throws -> [Verdict.Outcome?] {
    Array(try outcomes(results(kept: { kept($0, Double($1)) }) { _, _ in 3 })[2...3])
  }

  @Test func fewerBitsKeepOrLoseWhatIsKnown() throws {
    let expected = try coarse { level, seed in
      level == CoarseMemory.eight ? 0.98 + seed / 1000 : level == CoarseMemory.four ? 0.2 : 1
    }
    #expect(expected == [.supported, .supported])
    let contrary = try coarse { level, seed in
      level == CoarseMemory.eight ? 0.7 + seed / 1000 : level == CoarseMemory.four ? 0.8 : 1
    }
    #expect(contrary == [.notSupported, .notSupported])
    let wavering = try coarse { level, seed in level == CoarseMemory.whole ? 1 : seed * 0.3 }
    #expect(wavering == [.inconclusive, .inconclusive])
  }

  @Test func whatABitHoldsIsShownBesideTheTable() throws {
    let some = try results(kept: { level, _ in level == CoarseMemory.eight ? 0.9 : 1 }) { _, _ in 2
    }
    var table = StudyCellRecord(
      key: .init(
        study: "capacity", protocolVersion: some.plan.protocolVersion, stream: "stream",
        cell: some.plan.cells.first { $0.hasPrefix("arm=table size=3k") }!), run: "r")
    table.figures = ["parameters": 2840, "table_bits": 90000, "memorised": 81000]
    let lines = some.cells.map { RecordLine.study($0) } + [.study(table)]
    let findings = CapacityStudy().findings(of: StudyResults(some.plan, in: Records(lines)))
    let rows = findings.tables[1].rows
    #expect(rows[0] == ["3k", "float32", "2,840", "5,680", "2.00", "0.250", "100.0 %"])
    #expect(rows[2] == ["3k", "8 bits", "2,840", "5,112", "1.80", "0.225", "90.0 %"])
    #expect(rows[7] == ["3k", "6-grams", "11,250", "81,000", "28.52", "0.900", "–"])
    #expect(
      findings.reading.contains {
        $0.hasPrefix("3k: a bit of the weights holds most")
          && $0.hasSuffix("a table of 6-grams 0.90.")
      })
  }

  /// The bytes are those of a code that was read back: all that whole weights know, less of coarse ones, in fewer bytes.
  @Test func coarseWeightsKnowLess() throws {
    let sequences = RandomSequences(count: 2, seed: 1)
    let outcome = try SequenceMemory(
      architecture: tiny, sequences: sequences, seed: 1, exposures: 100...100
    ).measure(on: bench)
    let figures = try CoarseMemory(sequences: sequences, weights: outcome.weights).figures
    let bytes = CoarseMemory.levels.compactMap { figures[CoarseMemory.bytesName($0)] }
    #expect(bytes.count == CoarseMemory.levels.count && bytes == bytes.sorted(by: >))
    #expect(figures[CoarseMemory.memorisedName(CoarseMemory.whole)] == outcome.bits)
    let known = [CoarseMemory.eight, .uniform(bits: 3)].map {
      figures[CoarseMemory.memorisedName($0)]!
    }
    #expect(known[0] > 0.9 * outcome.bits && known[1] < 0.9 * known[0])
  }

  @Test func whatIsNotStoredIsSeenToo() throws {
    #expect(try outcomes(results { _, _ in 0 })[0] == .notSupported)
    let bounded = try results { parameters, seed in (5000 + Double(seed)) / parameters }
    #expect(outcomes(bounded).prefix(2) == [.notSupported, .notSupported])
    let noisy = try results { parameters, seed in Double(seed) * 10000 / parameters }
    #expect(outcomes(noisy)[1] == .notSupported)
  }

  /// A cell's name says all that it depends on: what one preset measured is no answer to another's question.
  @Test func presetsAskDifferentQuestions() {
    func names(_ preset: StudyPreset) -> Set<String> {
      Set(CapacityStudy().cells(on: smallText, preset: preset, seed: 1).flatMap(\.names))
    }
    let shared = names(.quick).intersection(names(.standard))
    #expect(shared.allSatisfy { $0.hasPrefix("arm=table") })
    #expect(names(.quick).contains("arm=noise size=3k load=0.5 exposures=250-1000 seed=1"))
  }

  @Test func aNetworkThatStillLearnsIsALowerBound() throws {
    var plan = try results { _, _ in 2.5 }
    var cells = plan.cells
    for index in cells.indices { cells[index].figures["converged"] = 0 }
    plan = StudyResults(plan.plan, in: Records(cells.map { .study($0) }))
    #expect(CapacityStudy().findings(of: plan).reading[0].contains("a lower bound"))
  }
}

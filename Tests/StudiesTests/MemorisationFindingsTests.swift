import Evidence
import Reports
import RunRecords
import Testing

@testable import Studies

/// Findings from records as models of a made-up world would leave them.
@Suite struct MemorisationFindingsTests {
  /// What is to be known of a string.
  private struct Asked {
    var set: StringSet
    var model: Int
    var learned: Planting.Learned
    var copies: Int
    var index: Int
    var seed: Int

    /// Between -1 and 1, another number for each string and seed.
    var luck: Double { Double((index * 37 + seed * 11) % 41) / 20 - 1 }
  }

  /// Bits and prefix needed of a string, and bits per byte of the test part.
  private struct World {
    var recall: (Asked) -> Recall
    var loss: (Planting.Learned, _ seed: Int) -> Double = { _, _ in 3 }
  }

  private func results(_ world: World, each: Int = 8) -> StudyResults {
    let study = MemorisationStudy()
    let plan = StudyPlan(
      study, on: smallText, preset: .quick, seed: 1,
      selfCheck: [SelfCheckRow("one", passed: true)]
    ).record
    let models = MemorisationScale(.quick).sizes
    let lines = plan.cells.compactMap { name -> RecordLine? in
      var cell = StudyCellRecord(
        key: .init(
          study: study.name, protocolVersion: study.protocolVersion, stream: "stream", cell: name),
        run: "r")
      guard let model = models.firstIndex(of: cell.parameter("model")!) else { return nil }
      let learned = Planting.Learned(rawValue: cell.parameter("text")!)!
      let seed = Int(cell.parameter("seed")!)!
      cell.figures = [
        "parameters": [3e3, 1e4, 3e4, 1e5][model], "test": world.loss(learned, seed),
      ]
      cell.series["test"] = [256, 256, 188].map { $0 * world.loss(learned, seed) }
      for set in StringSet.allCases {
        let copies = Self.copies(set).flatMap { [Int](repeating: $0, count: each) }
        let recalls = copies.indices.map {
          world.recall(
            Asked(
              set: set, model: model, learned: learned, copies: copies[$0], index: $0, seed: seed))
        }
        cell.series[set.series("copies")] = copies.map(Double.init)
        cell.series[set.series("bits")] = recalls.map(\.bits)
        cell.series[set.series("needs")] = recalls.map { Double($0.needs) }
      }
      return .study(cell)
    }
    return StudyResults(plan, in: Records(lines))
  }

  private static func copies(_ set: StringSet) -> [Int] {
    switch set {
    case .canaries: Planting.canaryCopies
    case .controls: Planting.canaryCopies.map { _ in 0 }
    case .passages: Planting.passageCopies
    case .heldOut: Planting.passageCopies.map { _ in 0 }
    case .windows: [1, 2]
    }
  }

  private func outcomes(_ world: World, each: Int = 8) -> [String: Verdict.Outcome?] {
    let answers = findings(results(world, each: each)).answers
    #expect(answers.map(\.claim.name) == MemorisationStudy().claims.map(\.name))
    return Dictionary(
      uniqueKeysWithValues: answers.map { ($0.claim.name, $0.verdict?.outcome) })
  }

  /// With few draws, as these are many findings.
  private func findings(_ results: StudyResults) -> StudyFindings {
    MemorisationFindings(results, draws: 60).all
  }

  // MARK: Worlds

  private static func unknown(_ asked: Asked) -> Recall {
    Recall(bits: Double(8 * asked.set.length), needs: asked.set.length)
  }

  /// Memory by copies, size and luck; the longer the prefix, the easier.
  private static func remembering(_ asked: Asked) -> Recall {
    let isPlanted =
      switch asked.set {
      case .canaries: asked.learned != .clean
      case .passages: asked.learned == .planted || asked.learned == .quarter
      default: false
      }
    guard isPlanted else { return unknown(asked) }
    let score =
      Mathematics.log2(Double(asked.copies)) + 1.5 * Double(asked.model) + 2 * asked.luck - 4.5
    let needs = score > 2 ? 4 : score > 1 ? 8 : score > 0 ? 16 : asked.set.length
    let crowded = asked.learned == .quarter ? 0.0 : 6
    let bits = Double(8 * asked.set.length) - min(max(30 + 30 * score, 10), 200) + crowded
    return Recall(bits: bits, needs: needs)
  }

  private let remembering = World(recall: Self.remembering) { learned, seed in
    (learned == .quarter ? 3.4 : 3) + 0.001 * Double(seed)
  }

  @Test func memoryIsSeen() {
    let outcomes = outcomes(remembering)
    for name in [
      "repetition-is-remembered", "larger-networks-keep-more", "longer-prefixes-extract",
      "strangers-are-unknown", "canaries-are-extracted", "passages-are-reproduced",
      "canaries-are-kept", "memory-beside-skill", "more-text-helps",
      "more-text-crowds-out", "deduplication-forgets", "deduplication-is-free",
    ] { #expect(outcomes[name]! == .supported, "\(name)") }
    #expect(outcomes["deduplication-costs"]! == .notSupported)
  }

  @Test func whatIsRememberedIsToldInWordsAndPictures() {
    let findings = findings(results(remembering))
    #expect(findings.tables.count == 4 && findings.charts.map(\.name) == ["extraction", "saved"])
    #expect(
      findings.tables[0].rows[0] == ["3k", "0"] + [String](repeating: "0 % (0-2)", count: 3) + [
        "0.0"
      ])
    #expect(findings.reading.last!.contains("improvement is no proof"))
    #expect(findings.reading.contains { $0.hasPrefix("The odds of extraction rise") })
  }

  @Test func whereNothingIsRememberedNothingIsClaimed() {
    let blank = World(recall: Self.unknown) { learned, _ in learned == .deduplicated ? 3.1 : 3 }
    let outcomes = outcomes(blank)
    for name in [
      "canaries-are-kept", "memory-beside-skill", "more-text-helps", "more-text-crowds-out",
      "deduplication-is-free",
    ] { #expect(outcomes[name]! == .notSupported, "\(name)") }
    for name in [
      "repetition-is-remembered", "larger-networks-keep-more", "longer-prefixes-extract",
    ] { #expect(outcomes[name]! == nil, "\(name)") }
    #expect(outcomes["deduplication-costs"]! == .supported)
    // None of 24 is no proof of less than one in twenty; none of 192 is.
    #expect(outcomes["canaries-are-extracted"]! == .inconclusive)
    #expect(outcomes["passages-are-reproduced"]! == .inconclusive)
    #expect(outcomes["deduplication-forgets"]! == .inconclusive)
    let many = self.outcomes(blank, each: 64)
    #expect(many["canaries-are-extracted"]! == .notSupported)
    #expect(many["passages-are-reproduced"]! == .notSupported)
    #expect(many["deduplication-forgets"]! == .notSupported)
    let reading = findings(results(blank)).reading
    #expect(reading[0].hasPrefix("3k: no canary was extracted"))
  }

  /// Forgetting with size and copies, and prefixes that make no difference.
  @Test func theOppositeIsSeenToo() {
    let opposite = World(
      recall: { asked in
        guard asked.set == .canaries, asked.learned != .clean else { return Self.unknown(asked) }
        let score = 5 - Mathematics.log2(Double(asked.copies)) - Double(asked.model)
        let isKnown = score + 2 * asked.luck > 0
        return Recall(
          bits: asked.learned == .quarter ? 200 : 150, needs: isKnown ? 4 : asked.set.length)
      }, loss: { learned, _ in learned == .quarter ? 2.8 : 3 })
    let outcomes = outcomes(opposite)
    for name in [
      "repetition-is-remembered", "larger-networks-keep-more", "longer-prefixes-extract",
      "more-text-helps", "more-text-crowds-out",
    ] { #expect(outcomes[name]! == .notSupported, "\(name)") }
  }

  /// One control in many that a network completes: no chance does that.
  @Test func oneKnownControlRefusesAll() {
    let leaking = World(
      recall: { asked in
        asked.set == .controls && asked.index == 0 && asked.model == 2
          ? Recall(bits: 50, needs: 12) : Self.remembering(asked)
      }, loss: remembering.loss)
    let answers = findings(results(leaking)).answers
    #expect(answers.filter { $0.verdict != nil }.map(\.claim.name) == ["strangers-are-unknown"])
    #expect(answers[0].sentence.contains("3 of 336 random strings"))
  }

  /// Memory without any gain on new text says nothing about those who gain.
  @Test func memoryAloneIsNotMemoryBesideSkill() {
    let stale = World(recall: Self.remembering) { learned, _ in learned == .quarter ? 2.9 : 3 }
    let outcomes = outcomes(stale)
    #expect(outcomes["canaries-are-kept"]! == .supported)
    #expect(outcomes["memory-beside-skill"]! == .notSupported)
  }

  /// What controls save as well is no memory.
  @Test func controlsAreSubtracted() throws {
    let alike = World { asked in
      Recall(bits: asked.learned == .clean ? 300 : 156, needs: asked.set.length)
    }
    let findings = MemorisationFindings(results(alike))
    #expect(findings.meanSaved(.canaries, copies: 64...64, "100k", seed: "1") == 0)
    #expect(
      findings.meanSaved(.canaries, copies: 64...64, "100k", lessControls: false, seed: "1") == 100)
    #expect(outcomes(alike)["canaries-are-kept"]! == .notSupported)
  }
}

import RunRecords
import Testing

@testable import Reports

/// What a report says in words; laws are tested where they are fitted.
private func reading(_ sample: ScaleSample) -> [String] {
  let summary = sample.summary
  return ScaleReading(
    summary: summary, fits: [], answers: ScaleClaims(summary: summary).answers()
  ).sentences
}

@Suite struct ScaleCourseTests {
  /// A codec's cost of 4 bits a byte, and `change` of them more or less from 16,000 bytes on; in the second
  /// window, which counts as much, it is 4 bits more.
  private func course(_ change: Double) -> String? {
    var sample = ScaleSample()
    sample.add("zlib:9") { window, bytes in
      bytes / 2 + window * bytes / 2 + (bytes >= 16_000 ? Int(Double(bytes) * change / 8) : 0)
    }
    return reading(sample).first
  }

  @Test func aChangeBelowTheMarginIsFlat() {
    let sample = ScaleSample.withOneWindow { bytes in bytes / 2 }
    #expect(
      reading(sample).first
        == "zlib:9 is flat: it goes from 4.000 at D = 8,000 to 4.000 bits per byte at D = 110,000.")
    let bit = ScaleSample.withOneWindow { bytes in bytes / 2 + (bytes > 16_000 ? bytes / 200 : 0) }
    #expect(reading(bit).first?.hasPrefix("zlib:9 is flat: it goes from 4.000") == true)
  }

  @Test func aLargerOneHasADirection() {
    let less = ScaleSample.withOneWindow { $0 / 2 - ($0 > 16_000 ? $0 / 40 : 0) }
    #expect(
      reading(less).first
        == "zlib:9 is still improving: it falls from 4.000 at D = 8,000 to 3.800 bits per byte at D = "
        + "110,000.")
    let more = ScaleSample.withOneWindow { $0 / 2 + ($0 > 16_000 ? $0 / 40 : 0) }
    #expect(reading(more).first?.hasPrefix("zlib:9 gets worse: it rises from 4.000") == true)
  }

  /// Every window counts alike where there are several.
  @Test func meansAreOverWindows() {
    #expect(course(0)?.contains("from 6.000 at D = 8,000 to 4.000 bits per byte") == true)
  }

  @Test func withoutATenfoldNothingIsSaid() {
    var sample = ScaleSample()
    sample.add("zlib:9") { _, bytes in bytes < 16_000 ? nil : bytes / 2 }
    #expect(reading(sample).isEmpty)
  }

  @Test func aMethodThatStoppedEarlyIsToldAsFarAsItWent() {
    var sample = ScaleSample()
    sample.add("slow") { _, bytes in bytes > 16_000 ? nil : bytes / 2 }
    #expect(reading(sample).first?.hasSuffix("to 4.000 bits per byte at D = 16,000.") == true)
  }
}

@Suite struct ScaleCrossingTests {
  /// Where a model that codes below a codec at sizes for which `isBelow` says so is said to.
  private func crossing(_ isBelow: (Int) -> Bool) -> String? {
    var sample = ScaleSample()
    sample.add("zlib:9") { _, bytes in bytes / 2 }
    sample.add("ngram:2") { _, bytes in isBelow(bytes) ? bytes / 4 : bytes }
    sample.addModel("ngram:2", model: { _ in 1 })
    return reading(sample).first { $0.hasPrefix("ngram:2 codes") }
  }

  @Test func everyCourseHasItsSentence() {
    #expect(
      crossing { _ in true } == "ngram:2 codes below zlib:9 from the first size on, D = 1,000.")
    #expect(crossing { _ in false } == "ngram:2 codes above zlib:9 at every size.")
    #expect(crossing { $0 >= 8000 } == "ngram:2 codes below zlib:9 from D = 8,000 on.")
    #expect(crossing { $0 == 110_000 } == "ngram:2 codes below zlib:9 from D = 110,000 on.")
    #expect(
      crossing { $0 == 1000 || $0 >= 8000 } == "ngram:2 codes below zlib:9 from D = 8,000 on.")
    #expect(
      crossing { $0 < 8000 }
        == "ngram:2 codes below zlib:9 at smaller sizes, but not from D = 8,000 on.")
  }

  @Test func codecsThatAreCrossedAtOneSizeShareASentence() {
    var sample = ScaleSample()
    sample.add("one") { _, bytes in bytes / 2 }
    sample.add("other") { _, bytes in bytes / 8 }
    sample.add("third") { _, bytes in bytes / 2 }
    sample.add("ngram:2") { _, bytes in bytes / 4 }
    sample.addModel("ngram:2", model: { _ in 1 })
    #expect(
      reading(sample).contains(
        "ngram:2 codes below one and third from the first size on, D = 1,000."))
    #expect(reading(sample).contains("ngram:2 codes above other at every size."))
  }

  @Test func withoutACodecThereIsNothingToCross() {
    var sample = ScaleSample()
    sample.add("ngram:2") { _, bytes in bytes / 8 }
    sample.addModel("ngram:2", model: { _ in 1 })
    #expect(!reading(sample).contains { $0.contains(" codes ") })
  }

  /// A codec that was not measured in the second window is compared in the first alone.
  @Test func onlyTheSameTextIsCompared() {
    var sample = ScaleSample()
    sample.add("zlib:9") { window, bytes in window == 1 ? nil : bytes / 2 }
    sample.add("ngram:2") { window, bytes in window == 1 ? bytes : bytes / 4 }
    sample.addModel("ngram:2", model: { _ in 1 })
    #expect(
      reading(sample).contains("ngram:2 codes below zlib:9 from the first size on, D = 1,000."))
  }
}

@Suite struct ScaleModelReadingTests {
  private func sample(
    model: (Int) -> Int?, heldOut: (_ window: Int, _ bytes: Int) -> Double = { _, _ in 2 }
  ) -> ScaleSample {
    var sample = ScaleSample()
    sample.add("ngram:2") { _, bytes in bytes / 4 }
    sample.addModel("ngram:2", model: model, heldOut: heldOut)
    return sample
  }

  /// The second window, whose models are much better, says nothing of the first one's change.
  @Test(arguments: [
    (1.5, "lowered its held-out loss by 0.500 to 1.500"),
    (2.5, "raised its held-out loss by 0.500 to 2.500"),
    (2.0001, "left its held-out loss at 2.000"),
  ])
  func whatTenTimesTheDataAreWorth(last: Double, effect: String) {
    let sample = sample(
      model: { _ in 1 }, heldOut: { $0 == 1 ? 0.5 : $1 < 100_000 ? 2 : last })
    #expect(
      reading(sample).contains(
        "ngram:2: learning from 100,000 bytes instead of 8,000 \(effect) bits per byte."))
  }

  @Test func whetherAModelIsASummary() {
    func side(_ model: @escaping (Int) -> Int?) -> String? {
      reading(sample(model: model)).first { $0.contains("the best code") }
    }
    let holds = "ngram:2 holds fewer bits than the best code of its training bytes "
    #expect(side { _ in 100 } == holds + "at every size: there it is a lossy summary.")
    #expect(
      side { $0 < 8000 ? $0 : 1500 } == holds + "from D = 8,000 on: there it is a lossy summary.")
    // One that grows with the data is none, however few bits it holds.
    #expect(side { $0 / 5 } == holds + "at every size.")
    #expect(
      side { $0 < 8000 ? 1 : $0 } == "ngram:2 holds more bits than the best code of its training "
        + "bytes, at D = 100,000: it is no summary of them.")
  }

  @Test func whetherItsTableStillGrows() {
    func growth(_ model: @escaping (Int) -> Int?) -> String? {
      reading(sample(model: model)).first { $0.contains("times the data made it") }
    }
    #expect(
      growth { $0 / 10 }?.hasPrefix(
        "ngram:2: the model grows with the data, 12 times the data made it 12.5 times as large")
        == true)
    #expect(
      growth { _ in 500 }
        == "ngram:2: the model's size hardly grows any more: 12 times the data made "
        + "it 1.0 times as large, so it holds ever fewer bits for each byte seen.")
    #expect(growth { $0 < 16_000 ? nil : $0 } == nil)
    #expect(growth { $0 < 16_000 ? 0 : $0 } == nil, "nothing grows from nothing")
  }

  @Test func whatIsLostWithoutTheResidual() {
    #expect(
      reading(sample(model: { _ in 1 })).contains(
        "ngram:2: on its own the model names 50.0% of its training bytes, and left alone it goes on "
          + "rightly for 2.5 bytes; the residual of 2.000 bits per byte is what makes it lossless.")
    )
  }
}

@Suite struct ScaleVerdictTests {
  /// A plan whose stretches are long enough for the claim about codecs.
  private func sample(_ checks: [SelfCheckRecord]) -> ScaleSample {
    var sample = ScaleSample()
    sample.plan.sizes = [66_000, 132_000, 264_000, 528_000]
    (sample.plan.bytes, sample.plan.trainingBytes, sample.plan.heldOutBytes) = (
      2_112_000, 2_112_000, 0
    )
    sample.plan.windows = (0..<4).map { .init(start: 528_000 * $0, bytes: 528_000) }
    sample.plan.selfCheck = checks
    return sample
  }

  private let passed = [SelfCheckRecord(name: "a", passed: true)]

  @Test func withoutASelfCheckThereIsNone() {
    var unchecked = sample([])
    unchecked.add("zlib:9") { _, bytes in bytes / 2 }
    #expect(reading(unchecked).last == "There are no verdicts, as the self-check was not made.")
    var failed = sample([
      .init(name: "a \u{1B}[0m", passed: false), .init(name: "b", passed: true),
      .init(name: "c", passed: false),
    ])
    failed.add("zlib:9") { _, bytes in bytes / 2 }
    #expect(
      reading(failed).last == "There are no verdicts, as the self-check failed: a \\x1b[0m; c.")
  }

  @Test func aCodecWhoseCostStaysHasSettled() {
    var sample = sample(passed)
    // The windows are of very different text, and one of them lacks its last sizes.
    sample.add("zlib:9") { window, bytes in
      window == 0 && bytes > 132_000 ? nil : bytes / 8 * (window + 1)
    }
    let verdict = reading(sample).last
    #expect(
      verdict
        == "Claim: after 64 KiB more data no longer helps zlib:9. At this scale, on this corpus, the claim "
        + "is supported: what the next stretch costs zlib:9 after 66,000 bytes less what it costs after "
        + "264,000, in bits per byte, is 0 (95 % "
        + "interval 0 to 0, margin 0.01).")
  }

  @Test func theSizeThatSharesMostWindowsDecides() {
    var sample = sample(passed)
    sample.plan.sizes.append(1_056_000)
    // Six windows reach 528,000, three of them twice as much.
    let lengths = [1_056_000, 1_056_000, 1_056_000, 528_000, 528_000, 528_000]
    sample.plan.windows = lengths.enumerated().map { .init(start: 300_000 * $0, bytes: $1) }
    sample.add("zlib:9") { window, bytes in
      bytes > lengths[window] ? nil : bytes / 8 * (window + 1)
    }
    #expect(reading(sample).last?.contains("less what it costs after 264,000") == true)
  }

  @Test func aCodecThatGainsHasNot() {
    var sample = sample(passed)
    sample.add("xz:6") { window, bytes in
      bytes / 8 * (window + 2) - (bytes > 264_000 ? bytes / 16 : 0)
    }
    #expect(reading(sample).last?.contains("the claim is not supported: what the next") == true)
  }

  @Test func twoWindowsAreTooFew() {
    var sample = sample(passed)
    sample.plan.windows.removeLast(2)
    sample.add("zlib:9") { _, bytes in bytes / 2 }
    #expect(!reading(sample).contains { $0.contains("claim") })
  }

  @Test(arguments: [(1.5, "supported"), (2.0, "not supported")])
  func whetherMoreDataHelpsAModel(last: Double, outcome: String) {
    var sample = ScaleSample()
    sample.add("ngram:2") { _, bytes in bytes / 4 }
    sample.addModel("ngram:2", model: { _ in 1 }, heldOut: { $1 < 100_000 ? 2 : last })
    #expect(
      reading(sample).last?.hasPrefix(
        "Claim: ten times the data still helps ngram:2. At this scale, on this corpus, the claim is "
          + "\(outcome): what ngram:2 saves on the held-out "
          + "part by learning from 100,000 bytes instead of 8,000, in bits per byte, is ") == true)
  }
}

import Reports
import RunRecords
import Testing

@Suite struct ScaleSummaryTests {
  @Test func aPointIsTheMeanOverTheWindowsThatReachIt() throws {
    var sample = ScaleSample()
    sample.add("zlib:9") { window, bytes in window == 0 ? bytes / 2 : bytes / 4 }
    let row = sample.summary.rows[0]
    let point = try #require(row.coded[32_000])
    #expect(point.values == [4, 2] && point.windows == [0, 1])
    #expect(point.mean == 3 && point.deviation == 2.0.squareRoot() && point.ofStream == 4)
    #expect(row.coded[64_000]?.values == [4] && row.coded[64_000]?.deviation == nil)
    #expect(row.coded.points.map(\.bytes) == sample.plan.sizes)
    #expect(row.coded[3000] == nil)
  }

  @Test func marginalCostsAreDifferencesOfSizesThatFollowEachOther() throws {
    var sample = ScaleSample()
    sample.add("zlib:9") { (window: Int, bytes: Int) -> Int in
      let bent = bytes * bytes / 1_000_000
      return bytes / 4 + bent + 100 * window
    }
    let marginal = sample.summary.rows[0].marginal
    #expect(marginal.points.map(\.bytes) == sample.plan.sizes.dropLast())
    #expect(marginal[4000]?.values == [8 * 1048.0 / 4000, 8 * 1048.0 / 4000])
    #expect(marginal[100_000]?.values == [8 * 4600.0 / 10_000])
    // The second window ends there.
    #expect(marginal[16_000]?.windows == [0, 1] && marginal[32_000]?.windows == [0])
  }

  @Test func aSizeThatIsMissingLeavesNoStretchAcrossIt() {
    var sample = ScaleSample()
    sample.add("zlib:9") { _, bytes in bytes == 4000 ? nil : bytes / 2 }
    let row = sample.summary.rows[0]
    #expect(row.coded[4000] == nil && row.coded[8000]?.mean == 4)
    #expect(row.marginal[2000] == nil && row.marginal[4000] == nil)
    #expect(row.marginal[8000]?.mean == 4)
  }

  @Test func heldOutLossesAreTotalBitsOverTheHeldOutBytes() {
    var sample = ScaleSample()
    sample.add("ngram:2") { _, bytes in bytes / 2 }
    sample.addModel("ngram:2", model: { _ in 100 }, heldOut: { window, _ in 3 + Double(window) })
    let row = sample.summary.rows[0]
    #expect(row.heldOut[8000]?.values == [3, 4] && row.heldOut[100_000]?.values == [3])
    #expect(row.heldOut[110_000] == nil, "that would be training on what is tested")
    #expect(row.frozen.map(\.start) == sample.plan.sizes.dropLast().map { _ in 0 })
  }

  @Test func whatFailedHasASentenceAndNoPoint() throws {
    var sample = ScaleSample()
    sample.add("bad") { _, _ in nil }
    for window in sample.plan.windows {
      for size in [1000, 2000] {
        sample.add(.prefix(sample.prefix("bad", window, size, coded: nil, error: "did not verify")))
      }
    }
    var model = sample.frozen("bad", sample.plan.windows[0], 1000)
    model.error = "ran \u{1B}[31mout"
    sample.add(.frozen(model))
    let row = sample.summary.rows[0]
    #expect(row.coded.points.isEmpty && row.marginal.points.isEmpty && row.frozen.isEmpty)
    #expect(row.failures == ["did not verify", "ran \\x1b[31mout"])
    #expect(ScaleReport(sample.summary).preamble.contains("bad failed: did not verify"))
  }

  @Test func whatWasNotComparedIsNoSize() {
    var sample = ScaleSample()
    sample.add("zlib:9") { _, bytes in bytes / 2 }
    var lie = sample.prefix("zlib:9", sample.plan.windows[0], 1000, coded: 1)
    lie.verified = false
    sample.add(.prefix(lie))
    #expect(sample.summary.rows[0].coded[1000]?.windows == [1])
    #expect(sample.summary.bestCodedBits(after: 1000) == nil)
  }

  @Test func laterRecordsCountWhateverRoomTheModelWasTold() {
    var sample = ScaleSample()
    sample.add("ngram:2") { _, bytes in bytes / 2 }
    var again = sample.prefix("ngram:2", sample.plan.windows[0], 1000, coded: 250)
    again.capacity = 110_000
    sample.add(.prefix(again))
    #expect(sample.summary.rows[0].coded[1000]?.ofStream == 2)
  }

  @Test func recordsOfOtherStreamsVersionsAndWindowsAreNotThisRuns() {
    var sample = ScaleSample()
    sample.add("zlib:9") { _, _ in nil }
    for change in [
      { $0.stream = "other" }, { $0.version = "2" }, { $0.start = 1 }, { $0.bytes = 1001 },
      { $0.method = "zlib:8" },
    ] as [(inout PrefixRecord) -> Void] {
      var record = sample.prefix("zlib:9", sample.plan.windows[0], 1000, coded: 1)
      change(&record)
      sample.add(.prefix(record))
    }
    #expect(sample.summary.rows[0].coded.points.isEmpty)
  }

  @Test func modelsTestedOnSomethingElseAreNotThisRuns() {
    for change in [
      { $0.heldOut = "other" }, { $0.heldOutBits = [1, 2] }, { $0.heldOutBits.append(1) },
    ] as [(inout FrozenRecord) -> Void] {
      var sample = ScaleSample()
      sample.add("ngram:2") { _, bytes in bytes / 2 }
      var record = sample.frozen("ngram:2", sample.plan.windows[0], 1000)
      (record.modelBytes, record.verified, record.heldOutBits) = (1, true, [1, 2, 3])
      sample.add(.frozen(record))
      #expect(sample.summary.rows[0].frozen.count == 1)
      change(&record)
      record.capacity = 7
      sample.add(.frozen(record))
      #expect(
        sample.summary.rows[0].frozen.isEmpty && sample.summary.rows[0].heldOut.points.isEmpty)
    }
  }
}

@Suite struct ScaleModelTests {
  /// A run whose best code of 8000 bytes has 2000, and a model of so many bytes.
  private func isSummary(_ model: Int) throws -> Bool? {
    var sample = ScaleSample()
    sample.add("zlib:9") { _, bytes in bytes / 4 }
    sample.add("ngram:2") { _, bytes in bytes / 2 }
    sample.addModel("ngram:2", model: { $0 == 8000 ? model : nil })
    let summary = sample.summary
    return summary.isSummary(try #require(summary.rows[1].frozen.first))
  }

  @Test func aModelIsASummaryBelowTheBestCodeOfItsBytes() throws {
    #expect(try isSummary(1999) == true)
    #expect(try isSummary(2000) == false)
    #expect(try isSummary(2001) == false)
  }

  @Test func otherWindowsSayNothingOfTheStreamsFirstBytes() throws {
    var sample = ScaleSample()
    sample.add("zlib:9") { window, bytes in window == 0 && bytes == 8000 ? nil : bytes / 4 }
    sample.addModel("zlib:9", model: { $0 == 8000 ? 1 : nil })
    let summary = sample.summary
    #expect(summary.rows[0].coded[8000]?.values == [2])
    #expect(summary.bestCodedBits(after: 8000) == nil)
    #expect(summary.isSummary(try #require(summary.rows[0].frozen.first)) == nil)
  }

  @Test func theBestIsTheSmallestOfAll() {
    var sample = ScaleSample()
    for (name, divisor) in [("a", 2), ("b", 5), ("c", 4)] {
      sample.add(name) { _, bytes in bytes / divisor }
    }
    #expect(sample.summary.bestCodedBits(after: 1000) == 1600)
    #expect(sample.summary.bestCodedBits(after: 1234) == nil)
  }
}

@Suite struct ScaleMergeTests {
  /// A run of one method with these self-check rows.
  private func sample(_ name: String, _ checks: [SelfCheckRecord]) -> ScaleSample {
    var sample = ScaleSample()
    sample.plan.selfCheck = checks
    sample.add(name) { _, bytes in bytes / 2 }
    return sample
  }

  private func merged(_ samples: [ScaleSample]) -> [ScaleSummary] {
    ScaleSummary.all(in: Records(samples.flatMap { [.run($0.run)] + $0.lines }))
  }

  @Test func runsOnOneStreamAreOneSummary() {
    var other = sample("xz", [])
    other.plan.stream = "other"
    var second = sample("ngram:2", [])
    second.add("zlib:9") { _, bytes in bytes / 4 }
    second.plan.windows.removeLast()
    let all = merged([sample("zlib:9", []), other, second])
    #expect(all.map { $0.rows.map(\.label) } == [["zlib:9", "ngram:2"], ["xz"]])
    #expect(all[0].plan.windows.count == 1, "the last plan counts")
    #expect(all[0].rows[0].coded[1000]?.values == [2], "and so do the last records")
    #expect(ScaleSummary.all(in: Records([.run(SampleRun.run)])).isEmpty)
    #expect(ScaleSummary(run: SampleRun.run, in: Records()) == nil)
  }

  /// A method that did not pass stays so, until it is checked again.
  @Test func methodsOfEarlierRunsAreBelievedByTheirOwnCheck() {
    let good = [SelfCheckRecord(name: "sums", passed: true), .init(name: "zlib", passed: true)]
    let bad = [SelfCheckRecord(name: "sums", passed: true), .init(name: "cheat", passed: false)]
    let mended = [SelfCheckRecord(name: "cheat", passed: true)]
    #expect(
      merged([sample("cheat", bad), sample("zlib", good)])[0].plan.selfCheck == [bad[1]] + good)
    #expect(
      merged([sample("cheat", bad), sample("zlib", good), sample("cheat", mended)])[0]
        .plan.selfCheck == good + mended)
    #expect(merged([sample("cheat", []), sample("zlib", good)])[0].plan.selfCheck == [])
    #expect(merged([sample("zlib", good), sample("cheat", [])])[0].plan.selfCheck == [])
  }
}

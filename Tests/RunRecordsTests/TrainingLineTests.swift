import BPBCore
import RunRecords
import Testing

/// Lines of a training log.
@Suite struct TrainingLineTests {
  static func line(
    step: Int = 100, train: Double? = 2.5, heldOut: Double? = 2.75, seed: UInt64 = .max
  ) -> TrainingRecord {
    TrainingRecord(
      run: SampleLines.run.run, method: "gru:width=32", version: "1",
      corpus: String(repeating: "c", count: 64), seed: seed, options: "batch=16", step: step,
      bytes: 4096 * step, trainLoss: train, heldOutLoss: heldOut, learningRate: 0.001, seconds: 1.5)
  }

  @Test(arguments: [line(), line(step: 0, train: nil), line(heldOut: nil)])
  func comesBackFromItsBytes(line: TrainingRecord) throws {
    let file = try TemporaryFile(nil)
    try RecordsAppender(file.path).append(.training(line))
    #expect(try RecordsFile.read(file.path) == Records([.training(line)]))
  }

  @Test func isOneLineOfSortedKeys() throws {
    let file = try TemporaryFile(nil)
    try RecordsAppender(file.path).append(.training(Self.line()))
    #expect(
      String(decoding: try file.bytes(), as: UTF8.self) == """
        {"bytes":409600,"corpus":"\(String(repeating: "c", count: 64))","held_out_bpb":2.75,\
        "learning_rate":0.001,"method":"gru:width=32","options":"batch=16",\
        "run":"00112233aabbccdd","seconds":1.5,"seed":18446744073709551615,"step":100,\
        "train_bpb":2.5,"type":"training","version":"1"}

        """)
  }

  @Test func whatWasDoneAgainCountsOnce() {
    let first = Self.line()
    let again = Self.line(train: 2.4)
    let other = Self.line(seed: 2)
    let records = Records([.training(first), .training(other), .training(again)])
    #expect(records.training == [again, other])
  }

  @Test(arguments: [("\"step\":100", "\"step\":-1"), ("\"train_bpb\":2.5", "\"train_bpb\":-2.5")])
  func whatCannotBeIsDamage(truth: String, lie: String) throws {
    let file = try TemporaryFile(nil)
    let appender = try RecordsAppender(file.path)
    try appender.append(.run(SampleLines.run))
    try appender.append(.training(Self.line()))
    let text = String(decoding: try file.bytes(), as: UTF8.self)
    #expect(text.contains(truth))
    let damaged = try TemporaryFile(Array(text.replacing(truth, with: lie).utf8))
    let error = #expect(throws: BPBError.self) { try RecordsFile.read(damaged.path) }
    #expect(error?.problem == "line 2 is damaged")
  }
}

@Suite struct TrainingVerdictTests {
  /// A log that measures at every step of ten.
  private func verdict(
    _ count: Int, train: (Double) -> Double, heldOut: (Double) -> Double?
  ) -> TrainingVerdict? {
    TrainingVerdict(
      (1...count).map { index in
        TrainingLineTests.line(
          step: 10 * index, train: train(Double(index)), heldOut: heldOut(Double(index)))
      })
  }

  @Test func bothFallingIsUnderFitting() throws {
    let verdict = verdict(20, train: { 8 - 0.2 * $0 }, heldOut: { 8 - 0.1 * $0 })
    guard case .underFits(let train, let heldOut) = try #require(verdict) else {
      Issue.record("\(verdict!)")
      return
    }
    // From step 150 on: 1 of about 4.5, 0.5 of about 6.25.
    #expect(abs(train - 1 / 4.5) < 1e-9 && abs(heldOut - 0.5 / 6.25) < 1e-9)
  }

  @Test func heldOutRisingAloneIsOverFitting() {
    let verdict = verdict(20, train: { 4 - 0.1 * $0 }, heldOut: { 3 + 0.001 * ($0 - 8) * ($0 - 8) })
    #expect(verdict == .overFits(since: 80, lowest: 3, last: 3.144))
  }

  @Test func bothRisingIsNoOverFitting() {
    let verdict = verdict(20, train: { 3 + 0.1 * $0 }, heldOut: { 3 + 0.1 * $0 })
    #expect(verdict == .settled)
  }

  @Test func aCurveThatHasFlattenedIsSettled() {
    #expect(verdict(40, train: { 2 + 1 / ($0 * $0) }, heldOut: { 2.1 + 1 / ($0 * $0) }) == .settled)
    // The train loss alone falls: neither, as long as the held-out loss does not rise.
    #expect(verdict(20, train: { 8 - 0.2 * $0 }, heldOut: { _ in 3 }) == .settled)
  }

  @Test func aLastMeasurementThatIsDearByChanceSaysNothing() {
    let verdict = verdict(20, train: { 8 - 0.1 * $0 }, heldOut: { $0 == 20 ? 7 : 8 - 0.1 * $0 })
    #expect(verdict == .settled)
  }

  @Test func tooFewMeasurementsSayNothing() {
    #expect(verdict(3, train: { 8 - $0 }, heldOut: { 8 - $0 }) == nil)
    #expect(verdict(20, train: { 8 - $0 / 4 }, heldOut: { $0 == 20 ? 3 : nil }) == nil)
  }
}

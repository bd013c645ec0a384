import BPBCore
import RunRecords
import Testing

/// Lines of a training log.
@Suite struct TrainingLineTests {
  static func line(
    step: Int = 100, train: Double? = 2.5, tune: Double? = 2.75, seed: UInt64 = .max
  ) -> TrainingRecord {
    TrainingRecord(
      run: SampleLines.run.run, method: "gru:width=32", version: "1",
      corpus: String(repeating: "c", count: 64), seed: seed, options: "batch=16", step: step,
      bytes: 4096 * step, trainLoss: train, tuneLoss: tune, learningRate: 0.001, seconds: 1.5)
  }

  @Test(arguments: [line(), line(step: 0, train: nil), line(tune: nil)])
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
        {"bytes":409600,"corpus":"\(String(repeating: "c", count: 64))","learning_rate":0.001,\
        "method":"gru:width=32","options":"batch=16","run":"00112233aabbccdd","seconds":1.5,\
        "seed":18446744073709551615,"step":100,"train_bpb":2.5,"tune_bpb":2.75,\
        "type":"training","version":"1"}

        """)
  }

  @Test func whatWasDoneAgainCountsOnce() {
    let first = Self.line()
    let again = Self.line(train: 2.4)
    let other = Self.line(seed: 2)
    let records = Records([.training(first), .training(other), .training(again)])
    #expect(records.training == [again, other])
  }

  /// A run of fewer steps measures at other steps, none of which may stand among those of the longer run before.
  @Test func aRunThatBeginsAgainTakesThePlaceOfTheOneBefore() {
    let long = stride(from: 0, through: 400, by: 100).map { Self.line(step: $0) }
    let short = stride(from: 0, through: 90, by: 30).map { Self.line(step: $0, train: 3) }
    let other = Self.line(step: 400, seed: 2)
    let records = Records((long + [other] + short).map(RecordLine.training))
    #expect(records.training == short + [other])
  }

  /// A killed run logged more than its checkpoint knows, and goes on before where its log ends.
  @Test func aRunThatGoesOnTakesThePlaceOfWhatItDoesAgain() {
    let killed = stride(from: 0, through: 400, by: 100).map { Self.line(step: $0) }
    let resumed = [250, 350].map { Self.line(step: $0, train: 3) }
    let records = Records((killed + resumed).map(RecordLine.training))
    #expect(records.training == killed.prefix(3) + resumed)
    #expect(records == Records(records.training.map(RecordLine.training)))
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

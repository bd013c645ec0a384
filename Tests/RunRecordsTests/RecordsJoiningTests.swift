import BPBCore
import RunRecords
import Testing

@Suite struct RecordsJoiningTests {
  /// A run of the sample's plan.
  private static func run(_ id: String, _ shard: String?, machine: String = "x86_64") -> RunRecord {
    var run = SampleLines.run
    (run.run, run.started, run.shard) = (
      id, "2026-01-0\(id)T00:00:00Z", shard.flatMap { Shard($0) }
    )
    run.environment.architecture = machine
    return run
  }

  private static func cell(_ path: String, run: String, coded: Int = 500) -> CellRecord {
    var cell = SampleLines.cell(path: path, coded: coded)
    cell.run = run
    return cell
  }

  private static let first = Records([
    .run(run("1", "1/2")), .cell(cell("./a", run: "1")), .cell(cell("./c", run: "1")),
  ])
  private static let second = Records([
    .run(run("2", "2/2", machine: "aarch64")), .cell(cell("./b", run: "2")),
  ])

  private static func joined(_ files: Records...) -> Records {
    files.reduce(Records()) { $0.joined(with: $1) }
  }

  @Test func shardsBecomeOneRunOfAllCells() throws {
    let joined = Self.joined(Self.first, Self.second)
    let run = try #require(joined.runs.first)
    #expect(joined.runs.count == 1 && run.shard == nil && run.missingShards.isEmpty)
    #expect(run.plansTheSame(as: Self.first.runs[0]) && run.started == Self.second.runs[0].started)
    #expect(joined.cells.map(\.path) == ["./a", "./c", "./b"])
    let parts = run.allParts
    #expect(parts.map(\.run) == ["1", "2"] && joined.cells.map(\.run) == ["1", "1", "2"])
    #expect(parts.map(\.environment.architecture) == ["x86_64", "aarch64"])
    #expect(parts.map { $0.shard?.description } == ["1/2", "2/2"])
  }

  @Test func joiningInStepsOrTwiceIsTheSame() {
    let third = Records([.run(Self.run("3", "1/2")), .cell(Self.cell("./a", run: "3", coded: 499))])
    let atOnce = Self.joined(Self.first, Self.second, third)
    #expect(Self.joined(Self.joined(Self.first, Self.second), third) == atOnce)
    #expect(Self.joined(Self.first, Self.joined(Self.second, third)) == atOnce)
    #expect(Self.joined(Self.first, Self.first) == Self.first)
    #expect(Self.joined(atOnce, atOnce) == atOnce)
  }

  @Test func theLaterFileCounts() {
    let again = Records([.run(Self.run("3", nil)), .cell(Self.cell("./a", run: "3", coded: 499))])
    #expect(Self.joined(Self.first, again).cells.map(\.codedBytes) == [499, 500])
    #expect(Self.joined(again, Self.first).cells.map(\.codedBytes) == [500, 500])
  }

  @Test func whatComesBackFromTheBytesIsTheSame() throws {
    let joined = Self.joined(
      Self.first, Self.second,
      Records([
        .run(ScaleSampleLines.run), .prefix(ScaleSampleLines.prefix()),
        .frozen(ScaleSampleLines.frozen()), .training(TrainingLineTests.line()),
        .study(
          StudyCellRecord(
            key: .init(study: "s", protocolVersion: "1", stream: "5", cell: "x=1"), run: "1")),
      ]))
    var bytes: [UInt8] = []
    try joined.write { piece throws(BPBError) in
      for index in piece.indices { bytes.append(piece[index]) }
    }
    #expect(
      bytes.count { $0 == UInt8(ascii: "\n") } == joined.lines.count && joined.lines.count == 9)
    let file = try TemporaryFile(bytes)
    #expect(try RecordsFile.read(file.path) == joined)
  }

  /// What any of these changes is another question.
  @Test(arguments: 0..<6)
  func otherPlansStayBesideEachOther(change: Int) {
    var other = Self.run("2", "2/2")
    switch change {
    case 0: other.corpus.files[0].path = "./other"
    case 1: other.policy = "solid"
    case 2: other.methods[0].version = "1.3"
    case 3: other.methods[0].modelHash = "d"
    case 4: other.scale = ScaleSampleLines.plan
    default: other.methods.append(other.methods[0])
    }
    let joined = Self.joined(Self.first, Records([.run(other)]))
    #expect(joined.runs == [Self.first.runs[0], other])
    #expect(joined.runs.map(\.missingShards) == [[Shard(2, of: 2)!], [Shard(1, of: 2)!]])
  }

  /// Builds differ in this on machines that measure the same.
  @Test func theSizeOfADecoderIsNoPartOfThePlan() {
    var other = Self.run("2", "2/2")
    other.methods[0].decoderBytes = 12_345
    #expect(Self.joined(Self.first, Records([.run(other)])).runs.count == 1)
  }

  /// Cells of a machine whose self-check failed are among those of the others.
  @Test(arguments: [false, true])
  func aSelfCheckHoldsWhereItHeldEverywhere(isReversed: Bool) throws {
    func run(_ id: String, _ passed: [Bool]) -> RunRecord {
      var run = Self.run(id, nil)
      run.scale = ScaleSampleLines.plan
      run.scale?.selfCheck = passed.enumerated().map { .init(name: "case \($0)", passed: $1) }
      return run
    }
    func check(_ runs: [RunRecord]) throws -> [Bool]? {
      let ordered = isReversed ? runs.reversed() : runs
      let joined = ordered.reduce(Records()) { $0.joined(with: Records([.run($1)])) }
      #expect(joined.runs.count == 1)
      return try #require(joined.runs.first).scale?.selfCheck.map(\.passed)
    }
    #expect(try check([run("1", [true, false]), run("2", [true, true])]) == [true, false])
    #expect(try check([run("1", [true, true]), run("2", [true, true])]) == [true, true])
    #expect(try check([run("1", [true, true]), run("2", [])]) == [])
  }

  @Test func missingShardsAreThoseOfNoPart() throws {
    func missing(_ shards: String?...) throws -> [String] {
      let files = shards.enumerated().map { Records([.run(Self.run("\($0)", $1))]) }
      let joined = files.reduce(Records()) { $0.joined(with: $1) }
      return try #require(joined.runs.first).missingShards.map(\.description)
    }
    #expect(try missing(nil) == [])
    #expect(try missing("2/3") == ["1/3", "3/3"])
    #expect(try missing("2/3", "2/3", "1/3") == ["3/3"])
    #expect(try missing("3/3", "2/3", "1/3") == [])
    #expect(try missing("2/3", nil) == [])
    #expect(try missing("1/2", "2/3") == ["1/3", "3/3"])
    #expect(try missing("1/2", "2/3", "2/2") == [])
  }

  @Test func aRunAsksWhatAnotherCovers() throws {
    let part = Self.run("1", "1/2")
    let whole = Self.run("2", nil)
    let both = try #require(Self.joined(Self.first, Self.second).runs.first)
    #expect(part.asksTheSame(as: part) && part.asksTheSame(as: whole) && part.asksTheSame(as: both))
    #expect(whole.asksTheSame(as: both) && !whole.asksTheSame(as: part))
    #expect(
      !Self.run("3", "2/2").asksTheSame(as: part) && !part.asksTheSame(as: Self.run("3", "2/2")))
  }

  /// A copy of a log may be older or newer than another; what it has in common with it is no new beginning.
  @Test func aCopyOfALogTakesNothingAway() {
    func log(_ steps: some Sequence<Int>, train: Double = 2.5) -> Records {
      Records(steps.map { .training(TrainingLineTests.line(step: $0, train: train)) })
    }
    let (old, new) = (log(0...3), log(0...9))
    #expect(Self.joined(old, new) == new && Self.joined(new, old) == new)
    let again = log(2...4, train: 3)
    #expect(Self.joined(new, again).training.map(\.trainLoss) == [2.5, 2.5, 3, 3, 3])
  }

  @Test func aFileIsBeingWrittenWhileARunHoldsIt() throws {
    let file = try TemporaryFile(nil)
    #expect(!RecordsFile.isBeingWritten(file.path))
    do {
      let appender = try RecordsAppender(file.path)
      #expect(RecordsFile.isBeingWritten(file.path))
      try appender.append(.run(SampleLines.run))
    }
    #expect(!RecordsFile.isBeingWritten(file.path))
    #expect(try RecordsAppender(file.path).records.runs.count == 1)
  }
}

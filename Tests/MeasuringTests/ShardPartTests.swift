import BPBCore
import Corpora
import Measuring
import RunRecords
import Testing
import _TestSupport

@Suite struct ShardPartTests {
  private struct Piece: Job, Equatable {
    let name: Int
    let expectedSeconds: Double
    var memoryNeed: Int { 0 }
  }

  private static func pieces(_ seconds: [Double]) -> [Piece] {
    seconds.enumerated().map { Piece(name: $0, expectedSeconds: $1) }
  }

  /// Sizes as of files: a few are large.
  private static func someSeconds(count: Int, seed: UInt64) -> [Double] {
    var generator = SplitMix64(seed: seed)
    return (0..<count).map { _ in
      1 / Double.random(in: 0.001...1, using: &generator)
    }
  }

  private static func parts(_ jobs: [Piece], count: Int) -> [[Piece]] {
    (1...count).map { Shard($0, of: count)!.part(of: jobs) }
  }

  @Test(arguments: [0, 1, 2, 7, 300], [1, 2, 3, 8, 1000])
  func everyJobIsInOneShardAndInItsPlace(jobs: Int, shards: Int) {
    let all = Self.pieces(Self.someSeconds(count: jobs, seed: UInt64(jobs)))
    let parts = Self.parts(all, count: shards)
    #expect(parts.joined().map(\.name).sorted() == all.map(\.name))
    #expect(
      parts.allSatisfy { part in zip(part, part.dropFirst()).allSatisfy { $0.name < $1.name } })
    #expect(parts.count { !$0.isEmpty } == min(jobs, shards))
  }

  /// Graham (1969): the longest takes at most 4/3 - 1/(3n) of the least possible, which is no less than an equal share
  /// and no less than the longest job.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func shardsTakeAboutTheSameTime(seed: UInt64) {
    let jobs = Self.pieces(Self.someSeconds(count: 60, seed: seed))
    for count in 2...6 {
      let loads = Self.parts(jobs, count: count).map { $0.reduce(0) { $0 + $1.expectedSeconds } }
      let least = max(loads.reduce(0, +) / Double(count), jobs.map(\.expectedSeconds).max() ?? 0)
      // With many small jobs to fill up with it is nearer than the bound.
      #expect(loads.max()! <= 1.05 * least, "\(loads)")
    }
  }

  @Test func equalJobsAreDealtOut() {
    let parts = Self.parts(Self.pieces([1, 1, 1, 1, 1]), count: 2)
    #expect(parts.map { $0.map(\.name) } == [[0, 2, 4], [1, 3]])
    let free = Self.parts(Self.pieces([0, 0, 0, 0]), count: 2)
    #expect(free.map(\.count) == [2, 2])
  }

  private static let corpus = Corpus(files: [
    CorpusFile(name: "large", bytes: [UInt8](repeating: 1, count: 90_000)),
    CorpusFile(name: "small", bytes: [2]), CorpusFile(name: "empty", bytes: []),
  ])

  private static let measurement = Measurement(
    corpus: corpus, methods: [fakeMethod("slow", speed: 1e4), fakeMethod("fast", speed: 1e6)],
    policy: .perFile)

  @Test func partsOfAMeasurementResumeOnTheirOwn() throws {
    #expect(Self.measurement.part(nil).cells.map(\.key) == Self.measurement.cells.map(\.key))
    let part = Self.measurement.part(Shard(1, of: 2))
    #expect(part.cells.map { "\($0.method.name) \($0.source.path ?? "")" } == ["slow large"])
    let record = try meter().measure(part.cells[0])
    let rest = Self.measurement.part(Shard(2, of: 2))
    #expect(rest.resume(from: [record], verifies: true, timing: .approximate).missing.count == 5)
    let (known, missing) = part.resume(from: [record], verifies: true, timing: .approximate)
    #expect(known == [record] && missing.isEmpty)
  }

  /// Which job is whose does not depend on what is there.
  @Test func partsOfAScalePlanAreOfAllOfIt() throws {
    let plan = fakePlan(count: 20_000, methods: [fakeMethod("a"), fakeMethod("b", speed: 1e4)])
    let parts = (1...3).map { Shard($0, of: 3)!.part(of: plan.jobs) }
    #expect(parts.map(\.count).reduce(0, +) == plan.jobs.count && parts.allSatisfy { !$0.isEmpty })
    let meter = ScaleMeter(run: "r", plan: plan, clock: MonotonicClock())
    var records = Records()
    for (index, part) in parts.enumerated() {
      #expect(plan.missing(from: records, among: part).count == part.count)
      for job in part {
        try meter.measure(job) { line throws(BPBError) in records = records.adding([line]) }
      }
      #expect(plan.missing(from: records, among: part).isEmpty)
      #expect(plan.missing(from: records).isEmpty == (index == 2))
    }
  }
}

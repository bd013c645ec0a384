import BPBCore
import Testing

@testable import NeuralModels

/// Runs whose batches grow: from one shard of four to two after three steps, and to all after five.
@Suite struct GrowthTests {
  private static let architectures = TrainerTests.architectures

  private static func plan(_ architecture: String, growth: [Int] = [3, 5]) throws -> TrainingPlan {
    var plan = TrainingPlan(
      architecture: try Architecture(parsing: architecture), sequences: 8, time: 16, shards: 4,
      optimiser: OptimiserSettings(
        optimiser: .muon, rate: 0.01, matrixRate: 0.01, weightDecay: 0.01),
      schedule: Schedule(warmUp: 2))
    plan.growth = growth
    return plan
  }

  private static func trainer(_ plan: TrainingPlan, threads: Int = 1) throws -> Trainer {
    try Trainer(
      plan, text: TrainerTests.text, kernels: .best, team: ThreadTeam(threads: threads))
  }

  // MARK: Counting

  @Test func shardsDoubleWhereTheyAreAskedTo() throws {
    let plan = try Self.plan(Self.architectures[0])
    #expect((0..<8).map(plan.activeShards) == [1, 1, 1, 2, 2, 4, 4, 4])
    #expect((0..<9).map(plan.bytes) == [0, 32, 64, 96, 160, 224, 352, 480, 608])
    #expect([0, 3, 5].map(plan.rateFactor) == [0.5, 0.5.squareRoot(), 1])
  }

  /// A batch never grows beyond itself.
  @Test func thereAreNoMoreShardsThanThereAre() throws {
    let plan = try Self.plan(Self.architectures[0], growth: [1, 2, 3, 4])
    #expect((0..<6).map(plan.activeShards) == [1, 2, 4, 4, 4, 4])
    #expect(plan.bytes(steps: 6) == 32 + 64 + 4 * 128)
  }

  @Test func withoutGrowthAllShardsAreThereFromTheFirstStep() throws {
    let plan = try Self.plan(Self.architectures[0], growth: [])
    #expect((0..<4).map(plan.activeShards) == [4, 4, 4, 4])
    #expect((0..<4).map(plan.rateFactor) == [1, 1, 1, 1])
    #expect((0..<4).map(plan.bytes) == [0, 128, 256, 384])
    #expect([0, 127, 128, 300].map(plan.steps) == [0, 0, 1, 2])
    #expect(!plan.options.contains("growth"), "records of plans without it stay as they were")
  }

  /// As the fourth root of the bytes that were seen, from 128 on: a half at 2048.
  @Test func aRateThatFadesFallsWithWhatWasSeen() throws {
    var plan = try Self.plan(Self.architectures[0], growth: [])
    plan.fading = 128
    #expect([0, 1, 16].map(plan.rateFactor) == [1, 1, 0.5])
    #expect(plan.options.hasSuffix(" fading=128"))
    let whole = try Self.trainer(plan)
    let rates = try (0..<17).map { _ in try whole.step().rateShare }
    #expect(rates[0] == 0.5 && rates[1] == 1 && rates[16] == 0.5, "warm-up, the peak, and on")
    let steady = try Self.trainer(Self.plan(Self.architectures[0], growth: []))
    #expect(
      try TrainerTests.weights(after: 17, of: steady)
        != whole.parameterBuffer.map(\.bitPattern), "the rate is what it steps by")
  }

  @Test(arguments: [[], [3, 5], [1], [4, 4], [0, 7], [2, 3, 9]])
  func stepsAreTheInverseOfBytes(growth: [Int]) throws {
    let plan = try Self.plan(Self.architectures[0], growth: growth)
    for steps in 0..<40 {
      let bytes = plan.bytes(steps: steps)
      #expect(plan.steps(bytes: bytes) == steps)
      #expect(plan.steps(bytes: plan.bytes(steps: steps + 1) - 1) == steps)
      let taken = (0..<steps).reduce(0) { $0 + 32 * plan.activeShards(at: $1) }
      #expect(bytes == taken, "what \(steps) steps see")
    }
  }

  // MARK: Learning

  @Test func aStepSeesWhatItsPlanSays() throws {
    let trainer = try Self.trainer(Self.plan(Self.architectures[0]))
    var shares: [Double] = []
    for _ in 0..<7 {
      let step = try trainer.step()
      #expect((2...10).contains(step.bitsPerByte), "a mean over the bytes that were seen")
      shares.append(step.rateShare)
      #expect(trainer.bytesSeen == trainer.plan.bytes(steps: trainer.steps))
      #expect(trainer.batches.place.used * trainer.plan.time == trainer.bytesSeen)
    }
    let root = 0.5.squareRoot()
    #expect(shares == [0.25, 0.5, 0.5, root, root, 1, 1])
  }

  /// The gradient is the mean over the bytes of a step, not over those of a whole batch.
  @Test func aSmallBatchHasAWholeGradient() throws {
    let small = try Self.trainer(Self.plan(Self.architectures[0]))
    var plan = try Self.plan(Self.architectures[0], growth: [])
    (plan.sequences, plan.shards) = (2, 1)
    let alone = try Self.trainer(plan)
    let (first, second) = (try small.step(), try alone.step())
    #expect(first.bitsPerByte == second.bitsPerByte)
    #expect(first.gradientNorm == second.gradientNorm)
  }

  @Test(arguments: architectures) func threadsChangeNoBit(architecture: String) throws {
    let plan = try Self.plan(architecture)
    let one = try TrainerTests.weights(after: 8, of: Self.trainer(plan))
    #expect(try TrainerTests.weights(after: 8, of: Self.trainer(plan, threads: 2)) == one)
  }

  /// Growth that is over at once changes nothing for networks that carry nothing over.
  @Test(arguments: [architectures[0], architectures[3]])
  func wholeBatchesFromTheFirstStepAreThoseWithoutGrowth(architecture: String) throws {
    let none = try TrainerTests.weights(
      after: 4, of: Self.trainer(Self.plan(architecture, growth: [])))
    let whole = try Self.trainer(Self.plan(architecture, growth: [0, 0]))
    #expect(try TrainerTests.weights(after: 4, of: whole) == none)
    let growing = try Self.trainer(Self.plan(architecture))
    #expect(try TrainerTests.weights(after: 4, of: growing) != none)
  }

  // MARK: Going on

  /// Stopped with one shard, with two and with all of them.
  @Test(arguments: architectures)
  func aRunThatWasStoppedEndsInTheSameBits(architecture: String) throws {
    let plan = try Self.plan(architecture)
    let whole = try TrainerTests.weights(after: 8, of: Self.trainer(plan))
    for stop in [2, 3, 4, 6] {
      let first = try Self.trainer(plan)
      _ = try TrainerTests.weights(after: stop, of: first)
      let second = try Self.trainer(plan, threads: 2)
      try second.resume(from: CheckpointTests.file(first.checkpoint()))
      #expect(second.steps == stop)
      let bits = try TrainerTests.weights(after: 8 - stop, of: second)
      #expect(bits == whole, "stopped after \(stop)")
    }
  }

  @Test(arguments: architectures) func aBranchGrowsOn(architecture: String) throws {
    let plan = try Self.plan(architecture)
    let whole = try TrainerTests.weights(after: 8, of: Self.trainer(plan))
    let trunk = try Self.trainer(plan)
    _ = try TrainerTests.weights(after: 2, of: trunk)
    let branch = try trunk.branch(text: TrainerTests.text)
    #expect(try TrainerTests.weights(after: 6, of: branch) == whole)
    #expect(try TrainerTests.weights(after: 6, of: trunk) == whole)
  }

  @Test func aCheckpointOfOtherGrowthIsRefused() throws {
    let architecture = Self.architectures[0]
    let checkpoint = try CheckpointTests.file(Self.trainer(Self.plan(architecture)).checkpoint())
    let error = #expect(throws: BPBError.self) {
      try Self.trainer(Self.plan(architecture, growth: [])).resume(from: checkpoint)
    }
    #expect(error?.code == .badData)
    #expect(error?.description.contains("growth=3,5") == true)
  }
}

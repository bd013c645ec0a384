import BPBCore
import Testing

@testable import NeuralModels

@Suite struct TrainerTests {
  static let architectures = [
    "transformer:layers=1:width=8:heads=2:context=16", "gru:width=8:embedding=4",
    "lstm:width=8:embedding=4", "mlp:context=3:embedding=4:width=8",
  ]

  /// Numbers counted in words: enough to learn from in a few steps.
  static let text: [UInt8] = (0..<300).flatMap { Array("one two three \($0 % 10)\n".utf8) }

  static func trainer(
    _ architecture: String, threads: Int = 1, kernels: Kernels = .best, rate: Double = 0.01,
    optimiser: Optimiser = .muon
  ) throws -> Trainer {
    let architecture = try Architecture(parsing: architecture)
    var plan = TrainingPlan(
      architecture: architecture, sequences: 4, time: 16, shards: 2,
      optimiser: OptimiserSettings(
        optimiser: optimiser, rate: rate, matrixRate: rate, weightDecay: 0.01),
      schedule: Schedule(warmUp: 2))
    plan.dropout = 0.1
    return try Trainer(plan, text: text, kernels: kernels, team: ThreadTeam(threads: threads))
  }

  static func weights(after steps: Int, of trainer: Trainer) throws -> [UInt32] {
    for _ in 0..<steps { _ = try trainer.step() }
    return trainer.parameterBuffer.map(\.bitPattern)
  }

  @Test(arguments: architectures) func itLearns(architecture: String) throws {
    let trainer = try Self.trainer(architecture)
    let first = try trainer.step().bitsPerByte
    for _ in 0..<30 { _ = try trainer.step() }
    let last = try trainer.step().bitsPerByte
    #expect((6...10).contains(first))
    #expect(last < first - 1)
  }

  @Test(arguments: architectures)
  func threadsAndInstructionSetsChangeNoBit(architecture: String) throws {
    let one = try Self.weights(after: 3, of: Self.trainer(architecture))
    #expect(try Self.weights(after: 3, of: Self.trainer(architecture, threads: 2)) == one)
    for kernels in Kernels.allNames.compactMap(Kernels.init(named:)) {
      let other = try Self.trainer(architecture, threads: 2, kernels: kernels)
      #expect(try Self.weights(after: 3, of: other) == one, "\(kernels.name)")
    }
  }

  @Test func aDivergingRunSaysSoAndKeepsItsWeights() throws {
    let trainer = try Self.trainer(Self.architectures[0], rate: 1e30, optimiser: .adamw)
    var before: [UInt32] = []
    let error = #expect(throws: BPBError.self) {
      for _ in 0..<50 {
        before = trainer.parameterBuffer.map(\.bitPattern)
        _ = try trainer.step()
      }
    }
    #expect(error?.code == .methodFailed)
    #expect(error?.description.contains("diverged at step") == true)
    #expect(trainer.parameterBuffer.map(\.bitPattern) == before)
  }

  @Test func aTextThatIsTooShortIsRefused() throws {
    let architecture = try Architecture(parsing: "gru:width=8")
    let plan = TrainingPlan.usual(for: architecture, textBytes: 1 << 20, seed: 1)
    let error = #expect(throws: BPBError.self) {
      _ = try Trainer(plan, text: [1, 2, 3], kernels: .best, team: ThreadTeam(threads: 1))
    }
    #expect(error?.code == .noInput)
  }
}

@Suite struct TrainingSessionTests {
  /// Bytes watched and how often a run of 40 steps of 64 bytes measures them, besides before it: each costs a third of
  /// a byte that is learned from, and they may cost a twentieth of the run, but for the least number.
  @Test(arguments: [(0, 40), (20, 20), (96, 10), (4000, 10)])
  func measuringTakesATwentiethOfARun(watchedBytes: Int, measurements: Int) throws {
    let trainer = try TrainerTests.trainer(TrainerTests.architectures[0])
    let watched = WatchedLoss(
      of: trainer.weights, on: Array(TrainerTests.text.prefix(watchedBytes)), time: 16,
      kernels: .best)
    let session = TrainingSession(
      trainer, watched: watched, budget: .steps(40), team: ThreadTeam(threads: 1), now: { 0 })
    var reports = 0
    try session.run(
      afterStep: { () throws(BPBError) in }, report: { _ throws(BPBError) in reports += 1 })
    #expect(reports == 1 + measurements)
  }
}

extension TrainingSessionTests {
  /// A loss that wavers ends no run, however high it goes between; one that has been up by a hundredth for five
  /// measurements does.
  @Test func aRunEndsEarlyOnlyWhenTheLossRises() throws {
    let trainer = try TrainerTests.trainer(TrainerTests.architectures[0])
    _ = try trainer.step()
    let session = TrainingSession(
      trainer, watched: nil, budget: .seconds(60), team: ThreadTeam(threads: 1), now: { 0 })
    for loss in [2.0, 1.5] + [Double](repeating: 1.514, count: 10) { session.judge(loss) }
    #expect(trainer.plan.schedule.coolDown == nil)
    for loss in [1.6, 1.7, 1.51, 1.8, 1.6, 1.7, 1.6] { session.judge(loss) }
    #expect(trainer.plan.schedule.coolDown == nil)
    session.judge(1.516)
    #expect(trainer.plan.schedule.coolDown != nil)
    let other = try TrainerTests.trainer(TrainerTests.architectures[0])
    let impatient = TrainingSession(
      other, watched: nil, budget: .seconds(60), team: ThreadTeam(threads: 1), now: { 0 })
    for loss in [1.5, 1.6, 1.7, 1.8, 1.9] { impatient.judge(loss) }
    #expect(other.plan.schedule.coolDown == nil)
  }
}

@Suite(.enabled(if: Precision.bfloat16.isSupported(by: .best), "no bfloat16 products here"))
struct BFloatTrainingTests {
  /// What is watched is what was learned, although networks that learn read other copies of the weights.
  @Test func theWatchedLossFalls() throws {
    var plan = TrainingPlan.usual(
      for: try Architecture(parsing: TrainerTests.architectures[0]), textBytes: 3000, seed: 1)
    plan.precision = .bfloat16
    let team = ThreadTeam(threads: 1)
    let trainer = try Trainer(plan, text: TrainerTests.text, kernels: .best, team: team)
    let watched = WatchedLoss(
      of: trainer.weights, on: Array(TrainerTests.text.prefix(400)), time: 16, kernels: .best)
    let session = TrainingSession(
      trainer, watched: watched, budget: .steps(40), team: team, now: { 0 })
    var losses: [Double] = []
    try session.run(
      afterStep: { () throws(BPBError) in },
      report: { progress throws(BPBError) in losses.append(progress.watchedLoss ?? .nan) })
    #expect((losses.last ?? 9) < (losses.first ?? 0) - 1)
  }
}

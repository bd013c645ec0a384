import BPBCore
import Testing

@testable import NeuralModels

/// One trunk serves several amounts of data only if no branch can tell that it is one, and no trunk that it has any.
@Suite struct BranchTests {
  private static func bits(_ trainer: Trainer) -> [UInt32] {
    trainer.parameterBuffer.map(\.bitPattern)
  }

  @Test(arguments: TrainerTests.architectures)
  func aBranchGoesOnAsItsTrunkWould(architecture: String) throws {
    let whole = try TrainerTests.weights(after: 6, of: TrainerTests.trainer(architecture))
    let trunk = try TrainerTests.trainer(architecture)
    let there = try TrainerTests.weights(after: 3, of: trunk)
    let branch = try trunk.branch(text: TrainerTests.text)
    #expect(branch.steps == 3)
    #expect(Self.bits(branch) == there)
    #expect(try TrainerTests.weights(after: 3, of: branch) == whole)
    #expect(trunk.steps == 3)
    #expect(Self.bits(trunk) == there, "what a branch learns its trunk does not")
    #expect(try TrainerTests.weights(after: 3, of: trunk) == whole, "a trunk goes on as before")
  }

  @Test func aCoolDownIsTheBranchsOwn() throws {
    let architecture = TrainerTests.architectures[0]
    let whole = try TrainerTests.weights(after: 7, of: TrainerTests.trainer(architecture))
    let trunk = try TrainerTests.trainer(architecture)
    _ = try TrainerTests.weights(after: 3, of: trunk)
    let branch = try trunk.branch(text: TrainerTests.text)
    branch.coolDown(3..<7)
    let shares = try (0..<4).map { _ in try branch.step().rateShare }
    #expect(shares == [1, 0.75, 0.5, 0.25])
    #expect(trunk.plan.schedule.coolDown == nil)
    #expect(try TrainerTests.weights(after: 4, of: trunk) == whole)
    #expect(Self.bits(branch) != whole)
  }

  /// What the branch does afterwards moves nothing of the trunk, also where the trunk goes on first.
  @Test func branchesOfOneTrunkDoNotMeet() throws {
    let trunk = try TrainerTests.trainer(TrainerTests.architectures[1])
    _ = try TrainerTests.weights(after: 2, of: trunk)
    let (one, other) = (
      try trunk.branch(text: TrainerTests.text), try trunk.branch(text: TrainerTests.text)
    )
    let first = try TrainerTests.weights(after: 3, of: one)
    _ = try TrainerTests.weights(after: 5, of: trunk)
    #expect(try TrainerTests.weights(after: 3, of: other) == first)
  }
}

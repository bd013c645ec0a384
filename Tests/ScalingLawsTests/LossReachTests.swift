import BPBCore
import Evidence
import Testing

@testable import ScalingLaws

@Suite struct LossReachTests {
  private let basis: PlanningBasis

  init() throws { basis = try PlannedSurface.shared.get() }

  /// What a plan expects is reached by the plan's computation.
  @Test(arguments: [PlanLimits(), PlanLimits(data: 4e6), PlanLimits(parameters: 3e4)])
  func plansAreFoundAgain(limits: PlanLimits) throws {
    var limits = limits
    limits.computation = 1e12
    let plan = try ComputePlan(basis, limits)
    let reach = try LossReach(
      loss: plan.loss.value, basis, parameters: limits.parameters, data: limits.data)
    guard case .reachable(let found, let least, let most) = reach else {
      Issue.record("\(reach)")
      return
    }
    #expect(abs(found.computation / 1e12 - 1) < 1e-4)
    #expect(abs(found.parameters / plan.parameters - 1) < 1e-2)
    #expect(try least < 1e12 && #require(most) > 1e12)
  }

  @Test func belowTheFloorNothingReaches() throws {
    let floor = try #require(basis.fit.law.chinchilla).irreducible
    guard case .unreachable(let seen) = try LossReach(loss: 0.99 * floor, basis) else {
      Issue.record("below E")
      return
    }
    #expect(seen.value == floor && seen.interval.contains(1.2))
    // Limits on size or data lift the floor.
    let law = basis.fit.law
    let limited = law.loss(parameters: 1e4, data: .infinity)
    guard
      case .unreachable(let lifted) = try LossReach(loss: 0.99 * limited, basis, parameters: 1e4)
    else {
      Issue.record("below what 10,000 parameters reach")
      return
    }
    #expect(lifted.value == limited && lifted.value > floor)
  }

  /// Above the fitted floor but below that of laws as they might have been fitted: how much it takes at most is open.
  @Test func nearTheFloorTheEndIsOpen() throws {
    let floor = try #require(basis.fit.law.chinchilla).irreducible
    guard case .reachable(_, _, let most) = try LossReach(loss: 1.003 * floor, basis) else {
      Issue.record("above E")
      return
    }
    #expect(most == nil)
  }

  /// Kaplan's joint law has no floor but those of its limits.
  @Test func withoutAFloorTheRestIsComputation() throws {
    let runs = SyntheticRuns(data: [2.5e5, 1e6, 4e6, 1.6e7, 6.4e7], seeds: { _ in 1 })
    let points = runs.rows().flatMap(\.mean.surfacePoints)
    let fit = try SurfaceFit(points, form: .joint)
    var generator = SeededGenerator(seed: 1)
    let basis = PlanningBasis(
      fit, SurfaceUncertainty(fit, rowsOf: points, draws: 12, using: &generator), points,
      operations: OperationsCurve([(3e3, 1.8e4), (3e6, 1.8e7)])!)
    let target = 0.8 * points.map(\.loss).min()!
    guard case .reachable(let plan, _, _) = try LossReach(loss: target, basis) else {
      Issue.record("a law without a floor")
      return
    }
    #expect(abs(plan.loss.value / target - 1) < 1e-4 && plan.extrapolation.computation > 1)
    guard case .unreachable(let floor) = try LossReach(loss: target, basis, data: 4e6) else {
      Issue.record("data are limited")
      return
    }
    #expect(floor.value == fit.law.loss(parameters: .infinity, data: 4e6))
  }

  @Test func whatIsNoLossIsRefused() {
    #expect(throws: FitRefusal.self) { try LossReach(loss: 0, basis) }
    #expect(throws: FitRefusal.self) { try LossReach(loss: 1, basis, data: -1) }
  }
}

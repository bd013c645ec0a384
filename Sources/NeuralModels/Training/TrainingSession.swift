package import BPBCore

/// A run of training from its first step to its last: when to measure, when to cool down, when to stop, and which weights
/// to keep.
///
/// With a number of steps for a budget the outcome is the same on every machine; with seconds the steps that fit in them
/// are found on the way, and `Trainer.plan` says afterwards which they were.
package final class TrainingSession {
  package enum Budget: Sendable, Hashable {
    case steps(Int)
    case seconds(Double)
  }

  /// How a run stands, for whoever watches it.
  package struct Progress {
    package var steps: Int
    package var bytes: Int
    package var epochs: Double
    /// Bits per byte over the steps since the report before.
    package var trainLoss: Double
    /// Bits per byte of what is watched; nil where it was not measured at this step.
    package var watchedLoss: Double?
    package var rateShare: Double
    /// Of training, those before a resumption too.
    package var seconds: Double
    /// Seconds to go, about.
    package var remaining: Double
  }

  package let trainer: Trainer
  private let watched: WatchedLoss?
  private let budget: Budget
  private let team: ThreadTeam
  private let now: () -> Double
  /// Seconds that measuring took, in all and the last time.
  private var measuring = 0.0
  private var lastMeasuring = 0.0
  /// Seconds of training before this process began.
  package internal(set) var earlierSeconds = 0.0
  /// When this process began to train.
  private var start: Double?
  var losses: (sum: Double, count: Int) = (0, 0)
  var bestLoss = Double.infinity
  let bestParameters: FloatBuffer
  /// The losses measured since the best, the last `patience` of them.
  var sinceBest: [Double] = []
  var interval: Int?

  /// The share of a run's steps in which the learning rate falls.
  package static let coolDownShare = 0.3
  /// Measurements in a run, unless they would take long.
  private static let measurements = 40.0
  /// Measurements at least.
  private static let leastMeasurements = 10.0
  /// The share of a run that measurements may take.
  private static let measuringShare = 0.05
  /// Measurements without a new best after which the run begins to cool down.
  private static let patience = 5
  /// The share of the best loss by which all of these have to be higher. At the full rate the losses of small networks
  /// that still learn waver by more, but come back; those of networks that over-fit do not.
  private static let leastRise = 0.01
  /// Steps from which a run in seconds judges how long a step takes.
  private static let trialSteps = 8

  /// A session of `trainer` that begins.
  ///
  /// - Parameters:
  ///   - watched: what decides which weights are kept; nil to keep the last.
  ///   - now: seconds on a clock that only goes forward.
  package init(
    _ trainer: Trainer, watched: WatchedLoss?, budget: Budget, team: ThreadTeam,
    now: @escaping () -> Double
  ) {
    self.trainer = trainer
    self.watched = watched
    self.budget = budget
    self.team = team
    self.now = now
    bestParameters = FloatBuffer(count: trainer.weights.layout.bufferCount)
    if case .steps(let steps) = budget { prepare(steps: steps) }
  }

  /// Seconds of training so far.
  package var seconds: Double { earlierSeconds + (start.map { now() - $0 } ?? 0) }

  /// Trains to the end of the budget. The weights are then those of the lowest watched loss.
  ///
  /// - Parameters:
  ///   - afterStep: called after every step; what it throws ends the run where it is.
  ///   - report: called when something was measured, first of all and at the end; likewise.
  /// - Throws: as `Trainer.step`.
  package func run(
    afterStep: () throws(BPBError) -> Void, report: (Progress) throws(BPBError) -> Void
  ) throws(BPBError) {
    start = now()
    if trainer.steps == 0 { try measure(report) }
    while !isOver {
      let step = try trainer.step()
      losses = (losses.sum + step.bitsPerByte, losses.count + 1)
      fitToClock()
      if isOver || trainer.steps.isMultiple(of: interval ?? .max) { try measure(report, step) }
      try afterStep()
    }
    keepBest()
  }

  private var isOver: Bool {
    guard let end = trainer.plan.schedule.coolDown?.upperBound else { return false }
    return trainer.steps >= end
  }

  private func prepare(steps: Int) {
    interval = interval(steps: Double(steps), affordable: affordableMeasurements(steps: steps))
    guard trainer.plan.schedule.coolDown == nil else { return }
    let coolDown = max(Int(Double(steps) * Self.coolDownShare), 1)
    trainer.coolDown(max(steps - coolDown, 0)..<steps)
  }

  /// Measurements that take `measuringShare` of a run of `steps`: a byte that is measured costs a third of one that is
  /// learned from.
  private func affordableMeasurements(steps: Int) -> Double {
    let learned = Double(steps) * Double(trainer.plan.batchBytes)
    return Self.measuringShare * 3 * learned / Double(max(watched?.byteCount ?? 0, 1))
  }

  /// Steps from one measurement to the next in a run of `steps` that can afford so many.
  private func interval(steps: Double, affordable: Double) -> Int {
    let count = max(min(Self.measurements, affordable), Self.leastMeasurements)
    return max(Int((steps / count).rounded()), 1)
  }

  /// With a budget of seconds: how often to measure, and when the cool-down begins.
  private func fitToClock() {
    guard case .seconds(let limit) = budget, trainer.plan.schedule.coolDown == nil else { return }
    let steps = Double(trainer.steps)
    if interval == nil && trainer.steps >= Self.trialSteps {
      let step = max(seconds - measuring, 1e-6) / steps
      interval = interval(
        steps: limit / step, affordable: Self.measuringShare * limit / max(lastMeasuring, 1e-6))
    }
    guard seconds >= limit * (1 - Self.coolDownShare) else { return }
    beginCoolDown(Int(steps / seconds * limit * Self.coolDownShare))
  }

  private func beginCoolDown(_ count: Int) {
    trainer.coolDown(trainer.steps..<trainer.steps + max(count, 1))
  }

  private func measure(
    _ report: (Progress) throws(BPBError) -> Void, _ step: Trainer.Step? = nil
  ) throws(BPBError) {
    let before = now()
    if watched != nil { trainer.makeReadyToCode() }
    let loss = watched?.bitsPerByte(team: team)
    lastMeasuring = now() - before
    measuring += lastMeasuring
    if let loss { judge(loss) }
    let mean = losses.count > 0 ? losses.sum / Double(losses.count) : .nan
    losses = (0, 0)
    try report(
      Progress(
        steps: trainer.steps, bytes: trainer.bytesSeen, epochs: trainer.epochs, trainLoss: mean,
        watchedLoss: loss, rateShare: step?.rateShare ?? 0, seconds: seconds, remaining: remaining))
  }

  private var remaining: Double {
    switch budget {
    case .seconds(let limit): max(limit - seconds, 0)
    case .steps(let steps):
      seconds * Double(steps - trainer.steps) / Double(max(trainer.steps, 1))
    }
  }

  /// Keeps weights that are the best so far; lets the run end when they have been for long.
  func judge(_ loss: Double) {
    guard loss >= bestLoss else {
      bestLoss = loss
      sinceBest = []
      bestParameters.base.update(from: trainer.weights.parameters, count: bestParameters.count)
      return
    }
    sinceBest = sinceBest.suffix(Self.patience - 1) + [loss]
    let schedule = trainer.plan.schedule
    let isCooling = schedule.coolDown.map { trainer.steps >= $0.lowerBound } ?? false
    let hasRisen = sinceBest.allSatisfy { $0 > bestLoss * (1 + Self.leastRise) }
    guard sinceBest.count >= Self.patience, hasRisen, !isCooling else { return }
    beginCoolDown(Int(Double(trainer.steps) * Self.coolDownShare))
  }

  private func keepBest() {
    guard bestLoss < .infinity, !sinceBest.isEmpty else { return }
    trainer.weights.parameters.update(from: bestParameters.base, count: bestParameters.count)
  }
}

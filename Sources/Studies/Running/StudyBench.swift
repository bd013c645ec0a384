import BPBCore
import Corpora
import NeuralModels
import Synchronization

/// What a cell works on, and the one door by which it learns: what models learned from is held against the test part, so that
/// no verdict rests on a model that has seen it.
struct StudyBench: Sendable {
  let text: StudyText
  /// Threads that it may use; they change nothing but the time.
  let threads: Int
  /// Names whose records are there already.
  let known: Set<String>
  /// Where long work is kept; nil for nowhere.
  let shelf: (any StudyShelf)?
  /// Called now and then in long work; what it throws ends the cell.
  let pause: @Sendable () throws(BPBError) -> Void
  private let watch = LeakWatch()

  init(
    text: StudyText, threads: Int = 1, known: Set<String> = [], shelf: (any StudyShelf)? = nil,
    pause: @escaping @Sendable () throws(BPBError) -> Void
  ) {
    self.text = text
    self.threads = threads
    self.known = known
    self.shelf = shelf
    self.pause = pause
  }

  /// By how much more of the test part's windows than of the training part's own stand in what models learned from; nil if
  /// none learned anything.
  var leak: Double? { watch.leak.withLock { $0 } }

  /// The weights that `plan` makes of `learned`, to the end of its schedule, ready to code.
  ///
  /// - Parameter afterStep: given the number of steps taken and the weights, which are ready to code by.
  /// - Throws: as `Trainer`, and what `pause` throws.
  func weights(
    _ plan: TrainingPlan, learning learned: [UInt8],
    afterStep: (Int, Weights) -> Void = { _, _ in }
  ) throws(BPBError) -> Weights {
    guard let end = plan.schedule.coolDown?.upperBound else {
      preconditionFailure("a cell's schedule has an end")
    }
    let trainer = try trainer(plan, learning: learned)
    while trainer.steps < end {
      _ = try trainer.step()
      afterStep(trainer.steps, trainer.weights)
      try pause()
    }
    return trainer.weights.readyToCode()
  }

  /// A training of `plan` on `learned` that begins, for cells that do more on the way than `weights` offers.
  ///
  /// - Throws: as `Trainer`.
  func trainer(_ plan: TrainingPlan, learning learned: [UInt8]) throws(BPBError) -> Trainer {
    watch.note(learned, text)
    return try Trainer(
      plan, text: learned, kernels: NeuralRuntime.current.kernels,
      team: ThreadTeam(threads: min(threads, plan.shards)))
  }

  /// What `method` takes out of `learned`, as the bytes that it is and as the model that these bytes give back.
  func model(
    _ method: any LearningMethod, learning learned: [UInt8]
  ) throws(BPBError) -> (bytes: [UInt8], model: any FrozenModel) {
    watch.note(learned, text)
    let learner = try method.makeLearner(byteCount: learned.count)
    learner.learn(learned.span)
    let snapshot = try learner.snapshot()
    return (snapshot, try method.restore(snapshot.span))
  }
}

/// Keeps the greatest leak of a cell.
private final class LeakWatch: Sendable {
  let leak = Mutex<Double?>(nil)

  func note(_ learned: [UInt8], _ text: StudyText) {
    let share = HeldOutOverlap.share(of: text.test, foundIn: learned)
    let more = max(0, share - text.testOverlap)
    leak.withLock { $0 = max($0 ?? 0, more) }
  }
}

import BPBCore
import NeuralModels

/// Trains networks for cells: on one thread, to the end of the plan's schedule.
enum NetworkTraining {
  /// The weights that `plan` makes of `text`, ready to code.
  ///
  /// - Parameter afterStep: given the number of steps taken and the weights, which are ready to code by.
  /// - Throws: as `Trainer`, and what `pause` throws.
  static func weights(
    _ plan: TrainingPlan, on text: [UInt8], _ pause: () throws(BPBError) -> Void,
    afterStep: (Int, Weights) -> Void = { _, _ in }
  ) throws(BPBError) -> Weights {
    guard let end = plan.schedule.coolDown?.upperBound else {
      preconditionFailure("a cell's schedule has an end")
    }
    let kernels = NeuralRuntime.current.kernels
    let trainer = try Trainer(plan, text: text, kernels: kernels, team: ThreadTeam(threads: 1))
    while trainer.steps < end {
      _ = try trainer.step()
      afterStep(trainer.steps, trainer.weights)
      try pause()
    }
    trainer.weights.reserve(.coding)
    trainer.weights.repack(for: .coding, kernels: kernels)
    return trainer.weights
  }
}

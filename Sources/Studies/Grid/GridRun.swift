import BPBCore
import NeuralModels
import Synchronization

/// A row of a grid that is being measured.
struct GridRun {
  let row: GridRow
  let bench: StudyBench

  /// Steps after which a run that is under way is kept, and the seconds of a row that is worth it.
  var interval = 500
  var worthKeeping = 20.0

  /// Measures the points that are not known.
  ///
  /// - Throws: `methodFailed` when the training diverged; what `give` and the bench throw.
  func measure(_ give: StudyGiving) throws(BPBError) {
    let missing = row.data.indices.filter { !bench.known.contains(row.name(row.data[$0])) }
    guard let first = missing.first else { return }
    let text = try row.source.training(row.data.last!, bench)
    guard text.count >= row.data.last! + row.plan.batchBytes else {
      throw BPBError(
        .noInput,
        "the training part has \(text.count) bytes, too few to see \(row.data.last!) of them once")
    }
    let (test, tune) = (try row.source.test(bench), try row.source.tune(bench))
    let team = ThreadTeam(threads: min(bench.threads, 2))
    let kept = row.name(0)
    var trunk = try bench.trainer(row.plan, learning: text)
    if !resume(trunk, kept, within: 0...row.branch(first).lowerBound) {
      trunk = try bench.trainer(row.plan, learning: text)
    }
    for index in missing {
      try advance(trunk, to: row.branch(index).lowerBound, kept)
      let branch = try cooledDown(trunk, text, index)
      let (fixed, bits) = try self.bits(of: test, trunk, branch, by: team)
      let choice = try GridRow.bits(branch.weights, tune)
      var figures = row.figures(index)
      figures["test"] = bits.reduce(0, +) / Double(test.count)
      figures["trunk_test"] = fixed.reduce(0, +) / Double(test.count)
      figures["tune"] = choice.reduce(0, +) / Double(tune.count)
      try give(row.name(row.data[index]), StudyFigures(figures: figures, series: ["test": bits]))
      bench.shelf?.drop(row.name(row.data[index]))
    }
    bench.shelf?.drop(kept)
  }

  /// Bits of each stretch of `test` under the trunk as it is and under its branch, read side by side where there are
  /// threads for both.
  private func bits(
    of test: [UInt8], _ trunk: Trainer, _ branch: Trainer, by team: ThreadTeam
  ) throws(BPBError) -> (trunk: [Double], branch: [Double]) {
    let weights = [trunk.weights.readyToCode(), branch.weights.readyToCode()]
    let outcomes = Mutex<[Result<[Double], BPBError>?]>([nil, nil])
    team.run(weights.count) { index in
      let outcome = Result { () throws(BPBError) in try GridRow.bits(weights[index], test) }
      outcomes.withLock { $0[index] = outcome }
    }
    let read = outcomes.withLock(\.self)
    return (try read[0]!.get(), try read[1]!.get())
  }

  /// The point at `index`, at the end of its cool-down.
  private func cooledDown(
    _ trunk: Trainer, _ text: [UInt8], _ index: Int
  ) throws(BPBError) -> Trainer {
    let (steps, kept) = (row.branch(index), row.name(row.data[index]))
    var branch = try trunk.branch(text: text)
    if !resume(branch, kept, within: steps.lowerBound...steps.upperBound) {
      branch = try trunk.branch(text: text)
    }
    branch.coolDown(steps)
    try advance(branch, to: steps.upperBound, kept)
    return branch
  }

  /// Takes steps up to `end`, and keeps the run now and then.
  private func advance(_ trainer: Trainer, to end: Int, _ name: String) throws(BPBError) {
    while trainer.steps < end {
      _ = try trainer.step()
      try bench.pause()
      if trainer.steps.isMultiple(of: interval), row.seconds() > worthKeeping {
        keep(trainer, name)
      }
    }
  }

  private func keep(_ trainer: Trainer, _ name: String) {
    bench.shelf?.keep(name) { output throws(BPBError) in
      try trainer.checkpoint().write { bytes throws(BPBError) in try output(bytes) }
    }
  }

  /// Lets `trainer` go on where it was kept, if that is within `steps`. Where it fails the trainer is of no use.
  private func resume(_ trainer: Trainer, _ name: String, within steps: ClosedRange<Int>) -> Bool {
    guard let bytes = bench.shelf?.kept(name) else { return true }
    do throws(BPBError) {
      try trainer.resume(from: SafetensorsFile(bytes))
      return steps.contains(trainer.steps)
    } catch {
      return false
    }
  }
}

/// The lines of training logs, by training, without what was done again.
struct TrainingLines: Sendable, Equatable {
  /// In the order of their first lines, each in the order of its steps.
  private var trainings: [[TrainingRecord]] = []
  private var positions: [TrainingRecord.Key: Int] = [:]

  var all: [TrainingRecord] { trainings.flatMap(\.self) }

  /// Adds a line. A run that begins again, or goes on from a checkpoint, has nothing in common with what was logged of
  /// the steps that it makes again: at other steps too, since how often a run measures depends on its length.
  mutating func add(_ line: TrainingRecord) {
    guard let position = positions[line.key] else {
      positions[line.key] = trainings.count
      trainings.append([line])
      return
    }
    while let last = trainings[position].last, last.step >= line.step {
      trainings[position].removeLast()
    }
    trainings[position].append(line)
  }
}

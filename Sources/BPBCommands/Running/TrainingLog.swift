import BitsPerByte
import SystemPackage

/// How a run of training goes, as records: in memory, and in a file where one was asked for.
final class TrainingLog {
  private let appender: RecordsAppender?
  private var run: RunRecord
  private let plan: TrainingPlan
  private var hasComplained = false
  private(set) var records: [TrainingRecord] = []

  /// - Throws: `inputOutput` when the file cannot be written.
  init(path: String?, corpus: Corpus, plan: TrainingPlan) throws(BPBError) {
    self.plan = plan
    run = RunRecord(corpus: corpus, policy: TrainingRecord.policy, methods: [])
    run.methods = [
      MethodRecord(
        name: plan.architecture.description, version: FrozenNetwork.version, modelBytes: 0,
        decoderBytes: nil,
        framing: nil)
    ]
    appender = try path.map { path throws(BPBError) in
      try RecordsAppender(FilePath(argument: path))
    }
  }

  /// Begins the log: with what an earlier part of the same run wrote, up to `steps`.
  func begin(after steps: Int) throws(BPBError) {
    guard let appender else { return }
    if steps > 0 {
      let key = record(of: nil).key
      records = appender.records.training.filter { $0.key == key && $0.step <= steps }
    }
    try appender.append(.run(run))
  }

  /// Adds how the run stands. Where that cannot be written it says so once: hours of training are worth more than a line.
  func append(_ progress: TrainingSession.Progress) {
    let record = record(of: progress)
    records.append(record)
    do throws(BPBError) {
      try appender?.append(.training(record))
    } catch {
      guard !hasComplained else { return }
      hasComplained = true
      let subject = error.subject.map { $0 + ": " } ?? ""
      Terminal.complain("warning: \(subject)\(error.problem); training goes on without")
    }
  }

  private func record(of progress: TrainingSession.Progress?) -> TrainingRecord {
    TrainingRecord(
      run: run.run, method: plan.architecture.description, version: FrozenNetwork.version,
      corpus: run.corpus.sha256, seed: plan.seed, options: plan.options, step: progress?.steps ?? 0,
      bytes: progress?.bytes ?? 0, trainLoss: progress.flatMap(Self.trainLoss),
      tuneLoss: progress?.watchedLoss,
      learningRate: plan.optimiser.rate * (progress?.rateShare ?? 0),
      seconds: progress?.seconds ?? 0)
  }

  private static func trainLoss(_ progress: TrainingSession.Progress) -> Double? {
    progress.trainLoss.isFinite ? progress.trainLoss : nil
  }
}

import BitsPerByte
import Reports
import SystemPackage

/// A line on standard error that says how training goes, redrawn in place; nothing where that is not a terminal.
final class TrainingLine {
  private let isShown = Terminal.isTerminal(.standardError)
  private let flopsPerByte: Double
  private var lastWatched: Double?
  private var lastTrain: Double?

  init(_ plan: TrainingPlan) {
    flopsPerByte = plan.architecture.trainingFLOPsPerByte(time: plan.time)
  }

  func draw(_ progress: TrainingSession.Progress) {
    if let watched = progress.watchedLoss { lastWatched = watched }
    if progress.trainLoss.isFinite { lastTrain = progress.trainLoss }
    guard isShown, progress.steps > 0 else { return }
    write(text(progress))
  }

  /// Takes the line away.
  func end() { if isShown { write("") } }

  private func text(_ progress: TrainingSession.Progress) -> String {
    let speed = Double(progress.bytes) / max(progress.seconds, 1e-9)
    let losses = [("train", lastTrain), ("tune", lastWatched)].compactMap { name, loss in
      loss.map { "\(name) \(NumberFormat.fixed($0, decimals: 3))" }
    }
    return "step \(progress.steps), \(losses.joined(separator: ", ")) bpb, "
      + "\(NumberFormat.fixed(speed / 1000, decimals: 1)) kB/s, "
      + "\(NumberFormat.fixed(speed * flopsPerByte / 1e9, decimals: 0)) GFLOP/s, "
      + "\(NumberFormat.duration(progress.remaining)) left"
  }

  private func write(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll("\r\u{1B}[K\(text)".utf8)
  }
}

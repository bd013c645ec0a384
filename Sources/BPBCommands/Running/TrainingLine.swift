import BitsPerByte
import Reports
import SystemPackage

/// A line on standard error that says how training goes, redrawn in place; nothing where that is not a terminal.
final class TrainingLine {
  private let session: TrainingSession
  private let isShown = Terminal.isTerminal(.standardError)
  private let flopsPerByte: Double
  private var lastWatched: Double?
  private var lastTrain: Double?
  /// Seconds that are still to go by the run's own account, and when it gave it.
  private var remaining = 0.0
  private var drawn = -TrainingLine.interval

  /// Seconds between two drawings.
  private static let interval = 0.5

  init(_ session: TrainingSession) {
    self.session = session
    let plan = session.trainer.plan
    flopsPerByte = plan.architecture.trainingFLOPsPerByte(time: plan.time)
  }

  /// Shows losses that were just measured.
  func draw(_ progress: TrainingSession.Progress) {
    if let watched = progress.watchedLoss { lastWatched = watched }
    if progress.trainLoss.isFinite { lastTrain = progress.trainLoss }
    (remaining, drawn) = (progress.remaining + progress.seconds, progress.seconds)
    if isShown && progress.steps > 0 { write(text) }
  }

  /// Shows how far the run is, now and then, after a step.
  func advance() {
    guard isShown, session.seconds - drawn >= Self.interval else { return }
    drawn = session.seconds
    write(text)
  }

  /// Takes the line away.
  func end() { if isShown { write("") } }

  private var text: String {
    let speed = Double(session.trainer.bytesSeen) / max(session.seconds, 1e-9)
    let losses = [("train", lastTrain), ("tune", lastWatched)].compactMap { name, loss in
      loss.map { "\(name) \(NumberFormat.fixed($0, decimals: 3))" }
    }
    let parts = [
      "step \(session.trainer.steps)",
      losses.isEmpty ? nil : losses.joined(separator: ", ") + " bpb",
      "\(NumberFormat.fixed(speed / 1000, decimals: 0)) kB/s",
      "\(NumberFormat.fixed(speed * flopsPerByte / 1e9, decimals: 0)) GFLOP/s",
      "\(NumberFormat.duration(secondsLeft)) left",
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  /// By the steps to the end where these are known, by the clock otherwise.
  private var secondsLeft: Double {
    let steps = session.trainer.steps
    guard let end = session.trainer.plan.schedule.coolDown?.upperBound, steps > 0 else {
      return max(remaining - session.seconds, 0)
    }
    return session.seconds * Double(max(end - steps, 0)) / Double(steps)
  }

  /// Cut at the terminal's edge: a line that is broken there cannot be taken back.
  private func write(_ text: String) {
    let line = text.prefix(Terminal.width - 1)
    _ = try? FileDescriptor.standardError.writeAll("\r\u{1B}[K\(line)".utf8)
  }
}

import BitsPerByte
import SystemPackage

/// The file in which a run of training is saved now and then, so that a killed one goes on.
final class SavedRun {
  private let path: String?
  private let clock = MonotonicClock()
  private var savedAt: Double?
  private var savedSteps: Int?
  private var hasComplained = false
  /// Seconds between two saves.
  private static let interval = 60.0

  /// - Parameter path: nil to save nothing.
  init(path: String?) { self.path = path }

  /// Lets `session` go on where the file was written, if there is one.
  ///
  /// - Throws: `badData` for a file that is no checkpoint, or one of another run; what reading it throws.
  func resume(_ session: TrainingSession) throws(BPBError) {
    guard let path, (try? FilePath(argument: path).stat()) != nil else { return }
    do throws(BPBError) {
      try session.resume(from: SafetensorsFile(ModelBytes(mapping: FilePath(argument: path))))
    } catch {
      throw BPBError(
        error.code, error.problem, subject: SafeText.escape(argument: path),
        advice: error.advice ?? "remove it to train from the beginning, or name another file")
    }
    savedSteps = session.trainer.steps
    Terminal.notice("going on after step \(session.trainer.steps)")
  }

  /// Saves the run if it was not for a while, or in any case when `force`. Where that fails it says so once; the file before
  /// stays, and so does the run.
  func save(_ session: TrainingSession, force: Bool = false) {
    guard let path, force || clock.now() - (savedAt ?? 0) >= Self.interval else { return }
    savedAt = clock.now()
    do throws(BPBError) {
      let output = try ByteOutput(path: path, force: true, outlastsInterrupts: true)
      try session.checkpoint().write { bytes throws(BPBError) in try output.write(bytes) }
      try output.commit()
      savedSteps = session.trainer.steps
    } catch {
      guard !hasComplained else { return }
      hasComplained = true
      Terminal.complain("warning: the run is not saved: \(error); it goes on")
    }
  }

  /// `error`, which ended the run, with where what was saved before stands.
  func kept(after error: BPBError) -> BPBError {
    guard let path, let savedSteps else { return error }
    let kept =
      "'\(SafeText.escape(argument: path))' keeps the run as it was after step \(savedSteps)"
    return BPBError(
      error.code, error.problem, subject: error.subject,
      advice: (error.advice.map { $0 + "; " } ?? "") + kept)
  }

  /// How to go on, for a run that ended early; nil if nothing was saved.
  var advice: String? {
    savedSteps.map { "the same command goes on after step \($0), which is saved" }
  }
}

import BitsPerByte
import Reports
import Synchronization
import SystemPackage

/// A line on standard error that says how far a run is, redrawn in place; nothing where that is not a
/// terminal.
final class Progress: Sendable {
  private struct State {
    var work = 0.0
    var finished = 0
    var drawn = -Progress.interval
  }

  /// Seconds between two drawings.
  private static let interval = 0.2

  private let isShown = Terminal.isTerminal(.standardError)
  private let clock = MonotonicClock()
  private let total: Double
  private let cells: Int
  private let activity: String
  private let state = Mutex(State())

  /// - Parameters:
  ///   - cells: to be measured.
  ///   - work: what they are expected to take altogether, in seconds of one core.
  ///   - activity: what is done with them, as one word.
  init(cells: Int, work: Double, activity: String = "measuring") {
    self.cells = cells
    self.activity = activity
    total = work
  }

  /// Says that so much of the expected work was done, from any thread.
  func advanced(by work: Double) { update { $0.work += work } }

  /// Says that a cell is finished.
  func finishedCell() { update { $0.finished += 1 } }

  /// Takes the line away.
  func end() { if isShown { write("") } }

  private func update(_ change: (inout State) -> Void) {
    let now = clock.now()
    state.withLock { state in
      change(&state)
      guard isShown, now - state.drawn >= Self.interval else { return }
      state.drawn = now
      write(text(state, elapsed: now))
    }
  }

  private func text(_ state: State, elapsed: Double) -> String {
    let share = total > 0 ? min(state.work / total, 1) : 1
    let left =
      elapsed > 1 && share > 0.01
      ? ", about \(NumberFormat.duration(elapsed / share * (1 - share))) left" : ""
    return "\(activity): \(state.finished) of \(cells), \(NumberFormat.percent(share))\(left)"
  }

  private func write(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll("\r\u{1B}[K\(text)".utf8)
  }
}

import BitsPerByte

/// A moment after which nothing more is begun.
struct Deadline: Sendable {
  private let clock = MonotonicClock()
  private let moment: Double?

  /// So many seconds from now; nil for never.
  init(in seconds: Double?) { moment = seconds.map { [clock] in clock.now() + $0 } }

  var hasPassed: Bool { moment.map { clock.now() > $0 } ?? false }
}

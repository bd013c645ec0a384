/// Where seconds come from: injected, so that tests and byte-for-byte comparisons can do without time.
public protocol RunClock: Sendable {
  /// Seconds since some fixed moment, never running backwards.
  func now() -> Double
}

/// The system's monotonic clock.
public struct MonotonicClock: RunClock {
  private let start = ContinuousClock.now

  /// A clock that reads zero now.
  public init() {}

  public func now() -> Double {
    let elapsed = (ContinuousClock.now - start).components
    return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
  }
}

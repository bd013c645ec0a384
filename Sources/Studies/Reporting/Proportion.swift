import BPBCore
import Evidence
import Reports

/// A share of things counted, with Wilson's interval.
struct Proportion {
  let value: Double
  let interval: Interval

  /// Nil of none.
  init?(_ successes: Int, of trials: Int) {
    guard let interval = Interval.wilson(successes: successes, of: trials) else { return nil }
    value = Double(successes) / Double(trials)
    self.interval = interval
  }

  var estimate: Estimate { Estimate(value: value, interval: interval) }

  /// As `25 % (7-59)`.
  var text: String {
    func percent(_ share: Double) -> String { NumberFormat.fixed(100 * share, decimals: 0) }
    return "\(percent(value)) % (\(percent(interval.low))-\(percent(interval.high)))"
  }
}

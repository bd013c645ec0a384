/// The learning rate's course as a share of its peak: it warms up, stays, and cools down to nothing when the end
/// comes into sight ("warm-up, stable, decay"; Hu et al., "MiniCPM", 2024; Hägele et al., 2024).
///
/// Unlike a cosine it need not know the end beforehand: a run can be stopped by a clock, and one trunk serves runs
/// of several lengths.
package struct Schedule: Sendable, Hashable {
  /// Steps in which the rate rises from 0 in equal parts.
  package var warmUp: Int
  /// The steps of the cool-down, the last one's end being the end of training; nil as long as nobody knows.
  package var coolDown: Range<Int>?

  /// Creates a schedule; see the properties.
  package init(warmUp: Int, coolDown: Range<Int>? = nil) {
    self.warmUp = warmUp
    self.coolDown = coolDown
  }

  /// A schedule of `steps` in all, of which `coolDownShare` cool down.
  package init(warmUp: Int, steps: Int, coolDownShare: Double) {
    let coolDown = Int((Double(steps) * coolDownShare).rounded(.up))
    self.init(warmUp: warmUp, coolDown: max(steps - coolDown, 0)..<steps)
  }

  /// The share of the peak rate at `step`, which counts from 0.
  ///
  /// The cool-down is linear: the first step of it has the whole rate, the one after its last would have none.
  package func share(at step: Int) -> Double {
    let warm = min(1, Double(step + 1) / Double(max(warmUp, 1)))
    guard let coolDown, step >= coolDown.lowerBound else { return warm }
    return warm * max(0, Double(coolDown.upperBound - step) / Double(coolDown.count))
  }
}

/// A function with its gradient, to be minimised.
package protocol DifferentiableFunction {
  /// The value at `point`; writes the gradient, which has the point's dimension.
  func value(at point: [Double], gradient: inout [Double]) -> Double
}

/// Where a minimisation ended.
package struct Minimum: Sendable {
  package var point: [Double]
  package var value: Double
  /// The largest component of the gradient.
  package var slope: Double
  package var iterations: Int
}

/// The limited-memory BFGS method: a quasi-Newton method that keeps the last steps instead of a matrix.
///
/// Source: J. Nocedal, "Updating quasi-Newton matrices with limited storage" (1980). It goes on until the
/// gradient vanishes or no step lowers the value: a tolerance on the value itself would stop early where
/// values are small, as they are when losses are averaged instead of summed (T. Besiroglu et al., 2024).
package struct LBFGS {
  /// How many steps are remembered: as many as a law has constants.
  package var memory = 5
  /// The largest component of the gradient at which the search ends.
  package var tolerance = 1e-15
  package var maximumIterations = 1000

  package init(tolerance: Double = 1e-15, maximumIterations: Int = 1000) {
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
  }

  /// The minimum of `function` that is reached downhill from `start`.
  package func minimise(_ function: some DifferentiableFunction, from start: [Double]) -> Minimum {
    var history = StepHistory(capacity: memory)
    var place = Place(function, at: start)
    var iterations = 0
    while place.slope > tolerance, iterations < maximumIterations {
      iterations += 1
      var direction = history.direction(against: place.gradient)
      if dot(direction, place.gradient) >= 0 {
        history.forget()
        direction = history.direction(against: place.gradient)
      }
      // What a quasi-Newton step can still gain drowns in the rounding of the value.
      let gain = -dot(direction, place.gradient)
      guard history.isEmpty || gain > 0x1p-48 * abs(place.value) else { break }
      guard let next = place.lineSearch(function, along: direction) else {
        // What is remembered may mislead; without it the direction is the steepest.
        guard !history.isEmpty else { break }
        history.forget()
        continue
      }
      history.remember(
        step: difference(next.point, place.point), change: difference(next.gradient, place.gradient)
      )
      place = next
    }
    return Minimum(
      point: place.point, value: place.value, slope: place.slope, iterations: iterations)
  }
}

/// The last steps and how the gradient changed over each.
private struct StepHistory {
  private struct Entry {
    var step, change: [Double]
    /// 1 / (step · change)
    var curvature: Double
  }
  private let capacity: Int
  private var entries: [Entry] = []

  init(capacity: Int) { self.capacity = capacity }

  var isEmpty: Bool { entries.isEmpty }

  mutating func forget() { entries.removeAll(keepingCapacity: true) }

  /// Keeps a step along which the function curves upwards; others would spoil the estimate.
  mutating func remember(step: [Double], change: [Double]) {
    let product = dot(step, change)
    guard product > 0, (1 / product).isFinite else { return }
    if entries.count == capacity { entries.removeFirst() }
    entries.append(Entry(step: step, change: change, curvature: 1 / product))
  }

  /// The quasi-Newton direction by two loops (J. Nocedal, S. J. Wright, "Numerical Optimization", 2006, 7.4).
  func direction(against gradient: [Double]) -> [Double] {
    var direction = gradient.map { -$0 }
    guard let last = entries.last else {
      // The first step is at most 1 long, whatever the function's unit.
      return scaled(direction, by: 1 / max(1e-300, dot(gradient, gradient).squareRoot()))
    }
    var parts: [Double] = []
    for index in stride(from: entries.count - 1, through: 0, by: -1) {
      let part = entries[index].curvature * dot(entries[index].step, direction)
      parts.append(part)
      direction = sum(direction, entries[index].change, times: -part)
    }
    direction = scaled(direction, by: 1 / (last.curvature * dot(last.change, last.change)))
    for index in 0..<entries.count {
      let part = entries[index].curvature * dot(entries[index].change, direction)
      direction = sum(direction, entries[index].step, times: parts.removeLast() - part)
    }
    return direction
  }
}

/// A point with the function's value and gradient there.
struct Place {
  var point: [Double]
  var value: Double
  var gradient: [Double]

  init(_ function: some DifferentiableFunction, at point: [Double]) {
    self.point = point
    gradient = [Double](repeating: 0, count: point.count)
    value = function.value(at: point, gradient: &gradient)
  }

  /// The largest component of the gradient; infinite where it is not a number.
  var slope: Double {
    var largest = 0.0
    for component in gradient {
      largest = component.isNaN ? .infinity : max(largest, abs(component))
    }
    return largest
  }

  /// A place along `direction` that lies lower by a share of what the slope promises, and where the slope has
  /// eased: the Wolfe conditions. Nil if no step lowers the value any more.
  ///
  /// Doubling and halving (A. S. Lewis, M. L. Overton, "Nonsmooth optimization via quasi-Newton methods", 2013)
  /// finds one also across the kinks of a Huber loss.
  func lineSearch(_ function: some DifferentiableFunction, along direction: [Double]) -> Place? {
    let slope = dot(gradient, direction)
    var (near, far, length) = (0.0, Double.infinity, 1.0)
    var lowest: Place?
    for _ in 0..<50 {
      let next = Place(function, at: sum(point, direction, times: length))
      if next.value < (lowest?.value ?? value) { lowest = next }
      // Written so that a value that is not a number counts as too far.
      if !(next.value <= value + 1e-4 * length * slope) {
        far = length
      } else if dot(next.gradient, direction) < 0.9 * slope {
        near = length
      } else {
        return next
      }
      length = far.isFinite ? near + (far - near) / 2 : 2 * length
    }
    return lowest
  }
}

func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in 0..<a.count { sum += a[i] * b[i] }
  return sum
}

func scaled(_ a: [Double], by factor: Double) -> [Double] { a.map { $0 * factor } }

func sum(_ a: [Double], _ b: [Double], times factor: Double) -> [Double] {
  var sum = a
  for i in 0..<a.count { sum[i] += factor * b[i] }
  return sum
}

func difference(_ a: [Double], _ b: [Double]) -> [Double] { sum(a, b, times: -1) }

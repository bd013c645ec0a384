#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Reverse-mode differentiation of scalars in double precision: each operation notes what it depends on and how
/// much, and `gradient` goes through the notes backwards. Slow, and simple enough to be believed.
final class Tape {
  private var values: [Double] = []
  private var starts: [Int] = [0]
  private var parents: [Int] = []
  private var partials: [Double] = []

  /// A number that depends on what was noted since the last one.
  func number(_ value: Double) -> Real {
    values.append(value)
    starts.append(parents.count)
    return Real(tape: self, index: values.count - 1, value: value)
  }

  func add(_ value: Double, _ dependencies: [(parent: Real, partial: Double)]) -> Real {
    for (parent, partial) in dependencies { depend(on: parent, partial) }
    return number(value)
  }

  /// Notes what the next number depends on, and its derivative by that.
  func depend(on parent: Real, _ partial: Double) {
    parents.append(parent.index)
    partials.append(partial)
  }

  /// The derivative of `result` by every number on the tape, by index.
  func gradient(of result: Real) -> [Double] {
    var gradient = [Double](repeating: 0, count: values.count)
    gradient[result.index] = 1
    for index in (0...result.index).reversed() where gradient[index] != 0 {
      for edge in starts[index]..<starts[index + 1] {
        gradient[parents[edge]] += gradient[index] * partials[edge]
      }
    }
    return gradient
  }
}

/// A number on a tape.
struct Real {
  let tape: Tape
  let index: Int
  let value: Double

  static func + (a: Real, b: Real) -> Real { a.tape.add(a.value + b.value, [(a, 1), (b, 1)]) }
  static func - (a: Real, b: Real) -> Real { a.tape.add(a.value - b.value, [(a, 1), (b, -1)]) }
  static func * (a: Real, b: Real) -> Real {
    a.tape.add(a.value * b.value, [(a, b.value), (b, a.value)])
  }
  static func / (a: Real, b: Real) -> Real {
    a.tape.add(a.value / b.value, [(a, 1 / b.value), (b, -a.value / (b.value * b.value))])
  }
  static func + (a: Real, b: Double) -> Real { a.tape.add(a.value + b, [(a, 1)]) }
  static func * (a: Real, b: Double) -> Real { a.tape.add(a.value * b, [(a, b)]) }

  private func map(_ value: Double, slope: Double) -> Real { tape.add(value, [(self, slope)]) }

  var exponential: Real { map(exp(value), slope: exp(value)) }
  var logarithm: Real { map(log(value), slope: 1 / value) }
  var hyperbolicTangent: Real { map(tanh(value), slope: 1 - tanh(value) * tanh(value)) }
  var squareRoot: Real { map(value.squareRoot(), slope: 0.5 / value.squareRoot()) }
  var sigmoid: Real {
    let y = 1 / (1 + exp(-value))
    return map(y, slope: y * (1 - y))
  }
  var reluSquared: Real { map(max(value, 0) * max(value, 0), slope: 2 * max(value, 0)) }
  /// x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2
  var gelu: Real {
    let inner = (self + self * self * self * 0.044715) * 0.7978845608028654
    return self * (inner.hyperbolicTangent + 1) * 0.5
  }
}

/// Vectors of numbers on one tape.
typealias Reals = [Real]

func sum(_ x: Reals) -> Real {
  x[0].tape.add(x.reduce(0) { $0 + $1.value }, x.map { ($0, 1) })
}

func dot(_ a: some Collection<Real>, _ b: Reals) -> Real {
  let tape = b[0].tape
  var value = 0.0
  for (x, y) in zip(a, b) {
    value += x.value * y.value
    tape.depend(on: x, y.value)
    tape.depend(on: y, x.value)
  }
  return tape.number(value)
}

func add(_ a: Reals, _ b: some Sequence<Real>) -> Reals { zip(a, b).map { $0 + $1 } }
func multiply(_ a: Reals, _ b: some Sequence<Real>) -> Reals { zip(a, b).map { $0 * $1 } }

/// x / sqrt(mean x^2 + 1e-6)
func rmsNorm(_ x: Reals) -> Reals {
  let mean = sum(x.map { $0 * $0 }) * (1 / Double(x.count))
  let deviation = (mean + 1e-6).squareRoot
  return x.map { $0 / deviation }
}

func rmsNorm(_ x: Reals, gain: some Sequence<Real>) -> Reals { multiply(rmsNorm(x), gain) }

func softmax(_ x: Reals) -> Reals {
  let largest = x.reduce(-Double.infinity) { max($0, $1.value) }
  let powers = x.map { ($0 + -largest).exponential }
  let total = sum(powers)
  return powers.map { $0 / total }
}

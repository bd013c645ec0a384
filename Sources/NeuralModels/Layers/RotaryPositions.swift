/// Cosines and sines of the angles by which rotary positions turn pairs of elements (Su et al., 2021): position p
/// turns pair i by p · 10000^(-i / pairs).
///
/// Computed with sums and products alone, no library's sine, so that they are the same on every machine.
struct RotaryPositions {
  /// [positions][pairs]
  let cosines, sines: Floats

  init(positions: Int, pairs: Int, slices: inout ArenaSlices) {
    cosines = slices.floats(positions * pairs)
    sines = slices.floats(positions * pairs)
  }

  /// Computes the tables, once there is memory behind them.
  func fill(positions: Int, pairs: Int) {
    for pair in 0..<pairs {
      let frequency = Self.power(-Double(pair) / Double(pairs))
      for position in 0..<positions {
        let (cosine, sine) = Self.cosineAndSine(Double(position) * frequency)
        cosines[position * pairs + pair] = Float(cosine)
        sines[position * pairs + pair] = Float(sine)
      }
    }
  }

  /// 10000^exponent for exponents in -1...0: the series of exp at a 1024th, squared ten times. Relative error below 1e-12.
  static func power(_ exponent: Double) -> Double {
    let x = exponent * 9.210340371976182736 / 1024
    var term = 1.0
    var sum = 1.0
    for n in 1...8 {
      term *= x / Double(n)
      sum += term
    }
    for _ in 0..<10 { sum *= sum }
    return sum
  }

  /// Their series about 0, after whole turns were taken away. Error below 1e-12 for angles below 10,000.
  static func cosineAndSine(_ angle: Double) -> (Double, Double) {
    let turn = 6.283185307179586477
    let x = angle - (angle / turn).rounded() * turn
    var term = 1.0
    var cosine = 0.0
    var sine = 0.0
    for n in stride(from: 0.0, to: 32, by: 2) {
      cosine += term
      term *= x / (n + 1)
      sine += term
      term *= -x / (n + 2)
    }
    return (cosine, sine)
  }
}

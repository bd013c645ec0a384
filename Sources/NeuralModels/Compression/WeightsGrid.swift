/// A stretch of weights as whole multiples of one step.
struct WeightsGrid {
  /// A float with `stepBits` bits of significand after the leading one, or 0 where all codes are.
  var step: Float
  /// From -(2^(bits - 1) - 1) to the same above zero, so that zero is exact and the grid symmetric.
  var codes: [Int32]

  /// Eight steps an octave: a step that is 6 % off costs next to nothing, since the codes are chosen for it.
  static let stepBits = 3
  /// Octaves below the largest weight's own step that are tried: with few bits the best step leaves the rarest
  /// weights beyond the grid's end.
  private static let octaves = 3

  /// What a code of 0 and no step gives.
  init(zeros count: Int) {
    step = 0
    codes = [Int32](repeating: 0, count: count)
  }

  /// The grid on which `values` lose least in the sum of squares.
  ///
  /// All steps that can be coded are tried, from that whose code of the largest value is 1 to an eighth of that whose
  /// code of it is the last: no formula of a distribution's shape is asked, and what lies on a grid already stays.
  init(_ values: UnsafeBufferPointer<Float>, bits: Int) {
    self.init(zeros: values.count)
    let last = Self.last(bits: bits)
    let largest = values.reduce(Float(0)) { max($0, $1.isFinite ? $1.magnitude : 0) }
    guard largest > 0 else { return }
    var leastError = values.reduce(0.0) { $0 + Double($1) * Double($1) }
    let (first, end) = (Self.roundedUp(largest), Self.roundedUp(largest / Float(last)))
    let patterns = Int(end) - Self.octaves << Self.stepBits...Int(first)
    for pattern in patterns.reversed() {
      let step = Float(bitPattern: UInt32(max(pattern, 0)) << Self.droppedBits)
      guard step.isNormal, (Float(last) * step).isFinite else { continue }
      let error = Self.error(values, step, last)
      if error < leastError { (leastError, self.step) = (error, step) }
    }
    guard step > 0 else { return }
    for i in values.indices { codes[i] = Self.code(values[i], step, last) }
  }

  /// The highest code.
  static func last(bits: Int) -> Int32 { 1 << Int32(bits - 1) - 1 }

  /// The value of one code.
  func value(_ index: Int) -> Float { Float(codes[index]) * step }

  private static let droppedBits = UInt32(23 - stepBits)

  /// The leading bits of the smallest step that is not below `value`.
  private static func roundedUp(_ value: Float) -> UInt32 {
    (value.bitPattern + (1 << droppedBits) - 1) >> droppedBits
  }

  @inline(__always)
  private static func code(_ value: Float, _ step: Float, _ last: Int32) -> Int32 {
    let multiple = (value / step).rounded()
    let most = Float(last)
    if multiple >= most { return last }
    if multiple <= -most { return -last }
    return multiple.isNaN ? 0 : Int32(multiple)
  }

  private static func error(
    _ values: UnsafeBufferPointer<Float>, _ step: Float, _ last: Int32
  ) -> Double {
    var sum = 0.0
    for value in values {
      let difference = Double(value) - Double(Float(code(value, step, last)) * step)
      sum += difference * difference
    }
    return sum
  }
}

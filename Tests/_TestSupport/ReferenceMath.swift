/// 2^x by repeated squaring of the whole part and a series for the rest; the tests need no libm.
public func exp2(_ x: Double) -> Double {
  guard x > -1000 else { return 0 }
  let whole = x.rounded(.down)
  let rest = (x - whole) * 0.6931471805599453
  var term = 1.0
  var sum = 1.0
  for k in 1...20 {
    term *= rest / Double(k)
    sum += term
  }
  return Double(sign: .plus, exponent: Int(whole), significand: sum)
}

/// log2 x by its binary digits, from repeated squaring.
public func log2Reference(_ x: Double) -> Double {
  var (value, result, weight) = (x.significand, Double(x.exponent), 0.5)
  for _ in 0..<60 {
    value *= value
    if value >= 2 {
      value /= 2
      result += weight
    }
    weight /= 2
  }
  return result
}

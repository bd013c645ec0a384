import CKernels
import NeuralModels
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The kernels' own exp, tanh, sigmoid and log against the double-precision library.
@Suite struct TranscendentalTests {
  typealias Kernel =
    @convention(c) (Int, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?) -> Void

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var kernel: @Sendable (bpb_kernels) -> Kernel
    var exact: @Sendable (Double) -> Double
    /// In units of the last place.
    var bound: Double
    /// Where results fade into 0, or are not held to the bound.
    var domain: ClosedRange<Float>
  }

  static let cases = [
    Case(
      testDescription: "exp", kernel: { $0.exponential }, exact: { exp($0) }, bound: 1,
      domain: -86.98...200),
    Case(
      testDescription: "tanh", kernel: { $0.hyperbolic_tangent }, exact: { tanh($0) }, bound: 2,
      domain: -.infinity ... .infinity),
    Case(
      testDescription: "sigmoid", kernel: { $0.sigmoid }, exact: { 1 / (1 + exp(-$0)) }, bound: 2,
      domain: -87...(.infinity)),
    Case(
      testDescription: "log", kernel: { $0.logarithm }, exact: { log($0) }, bound: 1,
      domain: 0...(.infinity)),
  ]

  /// How far a result is from the truth, in units of the last place of the truth.
  private func units(_ got: Float, _ exact: Double) -> Double {
    let rounded = Float(exact)
    if rounded.isInfinite || got.isInfinite || got.isNaN { return got == rounded ? 0 : .infinity }
    return abs(Double(got) - exact) / Double(max(rounded.ulp, .leastNonzeroMagnitude))
  }

  private func apply(_ kernel: Kernel, _ x: [Float]) -> [Float] {
    var y = x
    kernel(x.count, x, &y)
    return y
  }

  /// Floats of all exponents and signs: every `stride`-th bit pattern.
  private func samples(stride step: UInt32, from start: UInt32) -> [Float] {
    stride(from: start, through: .max - step, by: Int(step)).map { Float(bitPattern: $0) }
      .filter { !$0.isNaN }
  }

  @Test(arguments: cases) func errorIsBounded(of function: Case) {
    let x = samples(stride: 130_003, from: 17).filter { function.domain.contains($0) }
    let y = apply(function.kernel(Kernels.best.table.pointee), x)
    var worst = (error: 0.0, at: Float(0))
    for (x, y) in zip(x, y) {
      let error = units(y, function.exact(Double(x)))
      if error > worst.error { worst = (error, x) }
    }
    #expect(worst.error <= function.bound, "at \(worst.at)")
  }

  @Test(arguments: cases) func everyInstructionSetGivesTheSameBits(of function: Case) {
    let x = samples(stride: 2_000_003, from: 5) + [.nan, .infinity, -.infinity, 0, -0.0]
    _ = KernelTesting.sameBits { [apply(function.kernel($0), x)] }
  }

  @Test func whatIsNotANumberStaysSo() {
    for function in Self.cases {
      for table in KernelTesting.tables {
        #expect(apply(function.kernel(table), [.nan])[0].isNaN)
      }
    }
  }

  @Test func endsOfTheRange() {
    let table = Kernels.best.table.pointee
    #expect(
      apply(table.exponential, [-.infinity, -87.0, 0, 88.73, .infinity]) == [
        0, 0, 1, .infinity, .infinity,
      ])
    #expect(apply(table.hyperbolic_tangent, [-.infinity, -12, 12, .infinity]) == [-1, -1, 1, 1])
    #expect(apply(table.hyperbolic_tangent, [-0.0])[0].sign == .minus)
    #expect(apply(table.sigmoid, [-.infinity, -89, 0, 30, .infinity]) == [0, 0, 0.5, 1, 1])
    #expect(apply(table.logarithm, [0, 1, .infinity]) == [-.infinity, 0, .infinity])
    #expect(apply(table.logarithm, [-1])[0].isNaN)
  }
}

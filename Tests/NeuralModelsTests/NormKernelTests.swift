import CKernels
import Testing

@Suite struct NormKernelTests {
  private let rows = 3

  @Test(arguments: KernelTesting.awkwardWidths) func rms(columns: Int) {
    var numbers = Numbers(seed: columns)
    let x = numbers(rows * columns, range: 3)
    let gain = numbers(columns)
    let dy = numbers(rows * columns)
    let before = numbers(rows * columns)
    let results = KernelTesting.sameBits { kernels in
      var y = x
      var inverse = [Float](repeating: 0, count: rows)
      var dx = before
      var dGain = gain
      kernels.rms_norm(rows, columns, x, gain, &y, &inverse)
      kernels.rms_norm_backward(rows, columns, x, gain, inverse, dy, &dx, &dGain)
      return [y, dx, dGain]
    }
    let (wideX, wideGain) = (x.map(Double.init), gain.map(Double.init))
    KernelTesting.expectClose(results[0], KernelReference.rmsNorm(wideX, gain: wideGain))
    let dx = KernelTesting.gradient(at: x) {
      KernelTesting.dot(KernelReference.rmsNorm($0, gain: wideGain), dy)
    }
    let dGain = KernelTesting.gradient(at: gain) {
      KernelTesting.dot(KernelReference.rmsNorm(wideX, gain: $0), dy)
    }
    KernelTesting.expectClose(results[1], sums(before, dx), tolerance: 1e-5)
    KernelTesting.expectClose(results[2], sums(gain, dGain), tolerance: 1e-5)
  }

  @Test(arguments: KernelTesting.awkwardWidths) func rmsWithoutGain(columns: Int) {
    var numbers = Numbers(seed: columns)
    let x = numbers(rows * columns, range: 3)
    let dy = numbers(rows * columns)
    let ones = [Double](repeating: 1, count: columns)
    let results = KernelTesting.sameBits { kernels in
      var y = x
      var inverse = [Float](repeating: 0, count: rows)
      var dx = [Float](repeating: 0, count: x.count)
      kernels.rms_norm(rows, columns, x, nil, &y, &inverse)
      kernels.rms_norm_backward(rows, columns, x, nil, inverse, dy, &dx, nil)
      return [y, dx]
    }
    KernelTesting.expectClose(results[0], KernelReference.rmsNorm(x.map(Double.init), gain: ones))
    let dx = KernelTesting.gradient(at: x) {
      KernelTesting.dot(KernelReference.rmsNorm($0, gain: ones), dy)
    }
    KernelTesting.expectClose(results[1], dx, tolerance: 1e-5, floor: 1)
  }

  @Test(arguments: KernelTesting.awkwardWidths) func layer(columns: Int) {
    var numbers = Numbers(seed: columns)
    let x = numbers(rows * columns, range: 3)
    let (gain, shift) = (numbers(columns), numbers(columns))
    let (dy, before) = (numbers(rows * columns), numbers(rows * columns))
    let results = KernelTesting.sameBits { kernels in
      var y = x
      var statistics = [Float](repeating: 0, count: 2 * rows)
      var (dx, dGain, dShift) = (before, gain, shift)
      kernels.layer_norm(rows, columns, x, gain, shift, &y, &statistics)
      kernels.layer_norm_backward(rows, columns, x, gain, statistics, dy, &dx, &dGain, &dShift)
      return [y, dx, dGain, dShift]
    }
    let wide = (x: x.map(Double.init), gain: gain.map(Double.init), shift: shift.map(Double.init))
    let norm = KernelReference.layerNorm(wide.x, gain: wide.gain, shift: wide.shift)
    KernelTesting.expectClose(results[0], norm)
    let dx = KernelTesting.gradient(at: x) {
      KernelTesting.dot(KernelReference.layerNorm($0, gain: wide.gain, shift: wide.shift), dy)
    }
    let dGain = KernelTesting.gradient(at: gain) {
      KernelTesting.dot(KernelReference.layerNorm(wide.x, gain: $0, shift: wide.shift), dy)
    }
    let dShift = KernelTesting.gradient(at: shift) {
      KernelTesting.dot(KernelReference.layerNorm(wide.x, gain: wide.gain, shift: $0), dy)
    }
    KernelTesting.expectClose(results[1], sums(before, dx), tolerance: 1e-5)
    KernelTesting.expectClose(results[2], sums(gain, dGain), tolerance: 1e-5)
    KernelTesting.expectClose(results[3], sums(shift, dShift), tolerance: 1e-5)
  }

  /// What is there already is kept as the start of the sum.
  private func sums(_ before: [Float], _ gradient: [Double]) -> [Double] {
    zip(before, gradient).map { Double($0) + $1 }
  }
}

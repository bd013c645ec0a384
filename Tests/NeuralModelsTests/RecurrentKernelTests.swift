import CKernels
import Testing

@Suite struct RecurrentKernelTests {
  private let rows = 2

  @Test(arguments: KernelTesting.awkwardWidths) func gru(width: Int) {
    let row = 3 * width + 2
    var numbers = Numbers(seed: width)
    let x = numbers(rows * row, range: 3)
    let s = numbers(rows * 3 * width, range: 3)
    let (h, dNext) = (numbers(rows * width), numbers(rows * width))
    let results = KernelTesting.sameBits { kernels in
      var (next, dh) = (h, h)
      var kept = [Float](repeating: 0, count: rows * 4 * width)
      var (dX, dS) = (x, s)
      kernels.gru(rows, width, x, row, s, h, &next, nil)
      let withoutKept = next
      kernels.gru(rows, width, x, row, s, h, &next, &kept)
      #expect(next == withoutKept)
      kernels.gru_backward(rows, width, h, kept, dNext, &dX, row, &dS, &dh)
      return [next, trimmed(dX, row, 3 * width), dS, dh]
    }
    let gates = trimmed(x, row, 3 * width)
    let wide = (x: gates.map(Double.init), s: s.map(Double.init), h: h.map(Double.init))
    let wanted = KernelReference.gru(wide.x, wide.s, wide.h, width: width)
    KernelTesting.expectClose(results[0], wanted)
    func loss(_ x: [Double], _ s: [Double], _ h: [Double]) -> Double {
      KernelTesting.dot(KernelReference.gru(x, s, h, width: width), dNext)
    }
    let dX = KernelTesting.gradient(at: gates) { loss($0, wide.s, wide.h) }
    let dS = KernelTesting.gradient(at: s) { loss(wide.x, $0, wide.h) }
    let dH = KernelTesting.gradient(at: h) { loss(wide.x, wide.s, $0) }
    KernelTesting.expectClose(results[1], dX, tolerance: 1e-5)
    KernelTesting.expectClose(results[2], dS, tolerance: 1e-5)
    KernelTesting.expectClose(results[3], dH, tolerance: 1e-5)
  }

  @Test(arguments: KernelTesting.awkwardWidths) func lstm(width: Int) {
    let row = 4 * width + 2
    var numbers = Numbers(seed: width)
    let gates = numbers(rows * row, range: 3)
    let cell = numbers(rows * width, range: 2)
    let (dCells, dStates) = (numbers(rows * width), numbers(rows * width))
    let results = KernelTesting.sameBits { kernels in
      var (activated, next, states) = (gates, cell, cell)
      var (dGates, dCell) = (gates, cell)
      kernels.lstm(rows, width, &activated, row, cell, &next, &states)
      kernels.lstm_backward(
        rows, width, activated, row, cell, next, dStates, dCells, &dGates, row, &dCell)
      return [next + states, trimmed(dGates, row, 4 * width), dCell]
    }
    let sums = trimmed(gates, row, 4 * width)
    let wide = (gates: sums.map(Double.init), cell: cell.map(Double.init))
    let wanted = KernelReference.lstm(wide.gates, wide.cell, width: width)
    KernelTesting.expectClose(results[0], wanted)
    let dGates = KernelTesting.gradient(at: sums) {
      KernelTesting.dot(KernelReference.lstm($0, wide.cell, width: width), dCells + dStates)
    }
    let dCell = KernelTesting.gradient(at: cell) {
      KernelTesting.dot(KernelReference.lstm(wide.gates, $0, width: width), dCells + dStates)
    }
    KernelTesting.expectClose(results[1], dGates, tolerance: 1e-5)
    KernelTesting.expectClose(results[2], dCell, tolerance: 1e-5)
  }

  /// The first `columns` of each row.
  private func trimmed(_ x: [Float], _ row: Int, _ columns: Int) -> [Float] {
    stride(from: 0, to: x.count, by: row).flatMap { x[$0..<$0 + columns] }
  }
}

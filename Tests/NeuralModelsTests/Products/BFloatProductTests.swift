import BPBCore
import CKernels
import Testing

/// Products of factors rounded to bfloat16, where the processor multiplies them.
@Suite struct BFloatProductTests {
  private static var tables: [bpb_kernels] { KernelTesting.tables.filter { $0.has_bf16 != 0 } }

  @Test(arguments: [
    ProductCase(m: 1, n: 1, k: 1), ProductCase(m: 33, n: 33, k: 33, hasBias: true),
    ProductCase(m: 15, n: 65, k: 7, a: .columns, b: .columns, accumulates: true),
    ProductCase(
      m: 17, n: 17, k: 64, a: .apart, b: .apart, keepsSums: true, activation: BPB_RELU_SQUARED),
    ProductCase(m: 7, n: 32, k: 95, b: .columns, hasBias: true, activation: BPB_RELU_SQUARED),
    ProductCase(m: 29, n: 7, k: 0, accumulates: true),
    ProductCase(m: 2, n: 33, k: 1031, a: .columns),
  ]) func agreesWithTheProductOfRoundedFactors(shape: ProductCase) {
    let operands = ProductOperands(shape, seed: 9)
    let sums = shape.sums(operands, rounded: rounded)
    let wanted = sums.map { KernelReference.activation(shape.activation, $0) }
    for kernels in Self.tables {
      let result = shape.run(kernels, operands, bfloat: true)
      KernelTesting.expectClose(shape.withoutGaps(result.c, operands), wanted, tolerance: 4e-6)
      #expect(shape.keepsGaps(result.c, operands) && shape.keepsGaps(result.sums, operands))
      if shape.keepsSums {
        KernelTesting.expectClose(shape.withoutGaps(result.sums, operands), sums, tolerance: 4e-6)
      }
    }
  }

  /// Times 1 a factor is its rounded self: to nearest, and halfway to the even one.
  @Test(arguments: [ProductCase.Layout.rows, .columns]) func roundsToNearestEven(
    layout: ProductCase.Layout
  ) {
    let halfway: [Float] = [
      0x1.01p0, 0x1.03p0, -0x1.01p0, -0x1.03p0, 0x1.0102p0, 0x1.00fep0, 0x1.ffp0, 3.3, .pi,
    ]
    let wanted: [Float] = [1, 0x1.04p0, -1, -0x1.04p0, 0x1.02p0, 1, 2, rounded(3.3), rounded(.pi)]
    for kernels in Self.tables {
      let (row, column) = layout == .rows ? (halfway.count, 1) : (1, 1)
      var packed = [UInt16](repeating: 0, count: bpb_packed_bf16_count(1, halfway.count))
      kernels.pack_bf16(1, halfway.count, halfway, row, column, &packed)
      let words = halfway.indices.map { Float(bitPattern: UInt32(packed[2 * $0]) << 16) }
      #expect(words == wanted)
      #expect(halfway.indices.allSatisfy { packed[2 * $0 + 1] == 0 })
    }
  }

  @Test func repeatsItsBits() {
    let shape = ProductCase(m: 33, n: 40, k: 50)
    let operands = ProductOperands(shape)
    for kernels in Self.tables {
      #expect(
        shape.run(kernels, operands, bfloat: true).c == shape.run(kernels, operands, bfloat: true).c
      )
    }
  }

  @Test func isThereOrSaysThatItIsNot() {
    for kernels in KernelTesting.tables {
      #expect((kernels.gemm_bf16 != nil) == (kernels.has_bf16 != 0))
      #expect((kernels.pack_bf16 != nil) == (kernels.has_bf16 != 0))
    }
  }

  private func rounded(_ value: Float) -> Float {
    let bits = value.bitPattern
    return Float(bitPattern: (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF_0000)
  }
}

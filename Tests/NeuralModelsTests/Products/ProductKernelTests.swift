import BPBCore
import CKernels
import Testing

@Suite struct ProductKernelTests {
  private static let sizes = [1, 7, 15, 17, 33]

  /// Sizes on both sides of a vector's, a tile's and a panel's, all else drawn with them.
  private static var shapes: [ProductCase] {
    var generator = SeededGenerator(seed: 5)
    func any<T>(_ values: [T]) -> T { values[Int(generator.next() >> 32) % values.count] }
    return (0..<60).map { _ in
      ProductCase(
        m: any(sizes + [2, 6, 14, 29]), n: any(sizes + [16, 32, 48, 65]),
        k: any(sizes + [0, 4, 32]),
        a: any(ProductCase.Layout.allCases), b: any(ProductCase.Layout.allCases),
        accumulates: any([true, false]), hasBias: any([true, false]),
        keepsSums: any([true, false]),
        activation: any([BPB_IDENTITY, BPB_RELU_SQUARED, BPB_GELU, BPB_TANH]))
    }
  }

  @Test(arguments: shapes) func agreesWithItsChains(shape: ProductCase) {
    let operands = ProductOperands(shape)
    let results = KernelTesting.sameBits { kernels in
      let result = shape.run(kernels, operands)
      return [result.c, result.sums]
    }
    let chains = shape.chains(operands)
    let wanted = activated(shape.activation, chains)
    #expect(bits(shape.withoutGaps(results[0], operands)) == bits(wanted))
    #expect(shape.keepsGaps(results[0], operands) && shape.keepsGaps(results[1], operands))
    if shape.keepsSums { #expect(bits(shape.withoutGaps(results[1], operands)) == bits(chains)) }
    KernelTesting.expectClose(
      chains, shape.sums(operands), tolerance: 1e-6 * Double(shape.k + 1).squareRoot())
  }

  /// Beyond the sizes at which k, rows and columns are cut into blocks.
  @Test(arguments: [
    ProductCase(m: 3, n: 33, k: 1031, hasBias: true, keepsSums: true, activation: BPB_RELU_SQUARED),
    ProductCase(m: 3, n: 33, k: 1031, a: .columns, accumulates: true),
    ProductCase(m: 2, n: 299, k: 520, b: .columns, hasBias: true),
    ProductCase(m: 47, n: 100, k: 19, a: .columns),
    ProductCase(m: 1, n: 299, k: 530, hasBias: true, keepsSums: true, activation: BPB_TANH),
    ProductCase(m: 1, n: 161, k: 9, accumulates: true),
  ]) func agreesWithItsChainsInBlocks(shape: ProductCase) { agreesWithItsChains(shape: shape) }

  @Test(arguments: [ProductCase.Layout.rows, .columns])
  func hasTheSameBitsInParts(layout: ProductCase.Layout) {
    let shape = ProductCase(m: 33, n: 96, k: 40, a: layout)
    let operands = ProductOperands(shape)
    let whole = shape.run(KernelTesting.tables[0], operands).c
    for kernels in KernelTesting.tables {
      #expect(bits(inParts(shape, operands, kernels)) == bits(whole))
    }
  }

  /// Rows up to 15 and the others, columns up to 32 and the others, k up to 9 and the rest.
  private func inParts(
    _ shape: ProductCase, _ operands: ProductOperands, _ kernels: bpb_kernels
  ) -> [Float] {
    var result = operands.c
    for k in [0..<9, 9..<shape.k] {
      for rows in [0..<15, 15..<shape.m] {
        for columns in [0..<32, 32..<shape.n] {
          add(k, of: operands, rows, columns, to: &result, kernels)
        }
      }
    }
    return result
  }

  /// The part of a product that is of the elements `k`, for some of C.
  private func add(
    _ k: Range<Int>, of operands: ProductOperands, _ rows: Range<Int>, _ columns: Range<Int>,
    to c: inout [Float], _ kernels: bpb_kernels
  ) {
    let (a, b) = (operands.a, operands.b)
    var packed = [Float](repeating: .nan, count: bpb_packed_count(k.count, columns.count))
    b.elements.withUnsafeBufferPointer {
      let start = $0.baseAddress! + k.lowerBound * b.row + columns.lowerBound * b.column
      kernels.pack(k.count, columns.count, start, b.row, b.column, &packed)
    }
    a.elements.withUnsafeBufferPointer { elements in
      packed.withUnsafeBufferPointer { packed in
        c.withUnsafeMutableBufferPointer {
          var call = bpb_gemm()
          (call.m, call.n, call.k) = (rows.count, columns.count, k.count)
          call.accumulate = k.lowerBound > 0 ? 1 : 0
          call.a = elements.baseAddress! + rows.lowerBound * a.row + k.lowerBound * a.column
          (call.a_row, call.a_column, call.b) = (a.row, a.column, packed.baseAddress)
          call.c = $0.baseAddress! + rows.lowerBound * operands.cRow + columns.lowerBound
          call.c_row = operands.cRow
          kernels.gemm(&call)
        }
      }
    }
  }

  private func activated(_ activation: bpb_activation, _ sums: [Float]) -> [Float] {
    var y = sums
    KernelTesting.tables[0].activate(Int32(activation.rawValue), sums.count, sums, &y)
    return y
  }

  private func bits(_ values: [Float]) -> [UInt32] { values.map(KernelTesting.bits) }
}

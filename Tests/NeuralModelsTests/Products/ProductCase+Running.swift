import CKernels

/// C and the sums after a product, both with their gaps.
struct ProductResult {
  var c: [Float]
  var sums: [Float]
}

extension ProductCase {
  /// The whole product in one call; or, in `parts`, which elements of C it is asked for.
  func run(
    _ kernels: bpb_kernels, _ operands: ProductOperands, bfloat: Bool = false
  ) -> ProductResult {
    var result = ProductResult(
      c: operands.c, sums: [Float](repeating: Self.gap, count: operands.c.count))
    let b = operands.b
    if bfloat {
      var packed = [UInt16](repeating: 0, count: bpb_packed_bf16_count(k, n))
      kernels.pack_bf16(k, n, b.elements, b.row, b.column, &packed)
      packed.withUnsafeBytes { bytes in
        multiply(
          operands, bytes.assumingMemoryBound(to: Float.self).baseAddress, &result,
          kernels.gemm_bf16)
      }
    } else {
      var packed = [Float](repeating: .nan, count: bpb_packed_count(k, n))
      kernels.pack(k, n, b.elements, b.row, b.column, &packed)
      packed.withUnsafeBufferPointer {
        multiply(operands, $0.baseAddress, &result, kernels.gemm)
      }
    }
    return result
  }

  private func multiply(
    _ operands: ProductOperands, _ b: UnsafePointer<Float>?, _ result: inout ProductResult,
    _ gemm: (UnsafePointer<bpb_gemm>?) -> Void
  ) {
    var call = bpb_gemm()
    (call.m, call.n, call.k) = (m, n, k)
    (call.a_row, call.a_column) = (operands.a.row, operands.a.column)
    (call.b, call.c_row) = (b, operands.cRow)
    call.accumulate = accumulates ? 1 : 0
    call.activation = Int32(activation.rawValue)
    let (hasBias, keepsSums) = (hasBias, keepsSums)
    operands.a.elements.withUnsafeBufferPointer { a in
      operands.bias.withUnsafeBufferPointer { bias in
        result.sums.withUnsafeMutableBufferPointer { sums in
          result.c.withUnsafeMutableBufferPointer { c in
            (call.a, call.c) = (a.baseAddress, c.baseAddress)
            call.bias = hasBias ? bias.baseAddress : nil
            call.sums = keepsSums ? sums.baseAddress : nil
            gemm(&call)
          }
        }
      }
    }
  }

  /// Each sum as the one chain of fma that `gemm` promises: the bits that it must give.
  func chains(_ operands: ProductOperands) -> [Float] {
    elements { i, j in
      (0..<k).reduce(operands.start(self, i, j)) {
        $0.addingProduct(operands.a[i, $1], operands.b[$1, j])
      }
    }
  }

  /// Each sum in double precision, from factors that `rounded` was applied to.
  func sums(_ operands: ProductOperands, rounded: (Float) -> Float = { $0 }) -> [Double] {
    elements { i, j in
      (0..<k).reduce(Double(operands.start(self, i, j))) {
        $0 + Double(rounded(operands.a[i, $1])) * Double(rounded(operands.b[$1, j]))
      }
    }
  }

  /// The elements of C alone, or of the sums, without what is between their rows.
  func withoutGaps(_ matrix: [Float], _ operands: ProductOperands) -> [Float] {
    elements { i, j in matrix[i * operands.cRow + j] }
  }

  /// Whether everything between the rows is as it was.
  func keepsGaps(_ matrix: [Float], _ operands: ProductOperands) -> Bool {
    matrix.indices.allSatisfy { $0 % operands.cRow < n || matrix[$0] == Self.gap }
  }

  private func elements<Element>(_ element: (Int, Int) -> Element) -> [Element] {
    (0..<m).flatMap { i in (0..<n).map { j in element(i, j) } }
  }
}

import CKernels
import Testing

@Suite struct EmbeddingKernelTests {
  @Test(arguments: KernelTesting.awkwardWidths) func rowsComeAndGradientsGo(columns: Int) {
    let ids: [UInt8] = [0, 255, 7, 255]
    let row = columns + 3
    var numbers = Numbers(seed: columns)
    let table = numbers(256 * columns)
    let before = numbers(ids.count * row)
    let results = KernelTesting.sameBits { kernels in
      var (out, gradient) = (before, table)
      kernels.gather(ids.count, columns, table, ids, &out, row)
      kernels.scatter(ids.count, columns, ids, before, row, &gradient)
      return [out, gradient]
    }
    var (out, gradient) = (before, table)
    for (i, id) in ids.enumerated() {
      for column in 0..<columns {
        out[i * row + column] = table[Int(id) * columns + column]
        gradient[Int(id) * columns + column] += before[i * row + column]
      }
    }
    #expect(results[0] == out)
    #expect(results[1] == gradient)
  }
}

import CKernels
import Testing

/// The integer kernels against their formulas, on every instruction set.
@Suite struct MixingKernelTests {
  private struct Numbers {
    var random: NeuralModelsTests.Numbers
    init(_ seed: Int) { random = NeuralModelsTests.Numbers(seed: seed) }
    mutating func callAsFunction(_ count: Int, within most: Int) -> [Int16] {
      random(count, range: Float(most)).map { Int16($0) }
    }
  }

  @Test(arguments: [32, 64, 96, 160])
  func sumsAreOfPairs(inputs: Int) {
    var numbers = Numbers(inputs)
    let x = numbers(inputs, within: 8191)
    let sets = (0..<5).map { _ in numbers(inputs, within: 32767) }
    func product(_ weights: [Int16], _ i: Int) -> Int32 { Int32(x[i]) * Int32(weights[i]) }
    let wanted = sets.map { weights in
      var sum: Int32 = 0
      for i in stride(from: 0, to: inputs, by: 2) {
        sum += (product(weights, i) + product(weights, i + 1)) >> 8
      }
      return sum
    }
    for table in KernelTesting.tables {
      var sums = [Int32](repeating: -1, count: sets.count)
      Self.withPointers(sets) { pointers in
        let constant = pointers.map { UnsafePointer($0) as UnsafePointer<Int16>? }
        table.mix(sets.count, inputs, x, constant, &sums)
      }
      #expect(sums == wanted, "\(String(cString: table.name))")
    }
  }

  @Test(arguments: [32, 96])
  func weightsMoveToTheNearestAndStayWithinBounds(inputs: Int) {
    var numbers = Numbers(inputs)
    let x = numbers(inputs, within: 8191)
    var sets = (0..<4).map { _ in numbers(inputs, within: 32767) }
    sets.append([Int16](repeating: 32767, count: inputs))
    sets.append([Int16](repeating: -32768, count: inputs))
    let errors: [Int16] = [1, -1, 20000, -32767, 32767, 32767]
    func moved(_ weight: Int16, _ x: Int16, _ error: Int16) -> Int16 {
      let step = (Int(x) * Int(error) + 16384) >> 15
      return Int16(min(max(Int(weight) + step, -32768), 32767))
    }
    let wanted = zip(sets, errors).map { weights, error in
      zip(weights, x).map { moved($0, $1, error) }
    }
    for table in KernelTesting.tables {
      var got: [[Int16]] = []
      Self.withPointers(sets) { pointers in
        table.mix_backward(
          sets.count, inputs, x, errors, pointers.map { $0 as UnsafeMutablePointer<Int16>? })
        got = pointers.map { Array(UnsafeBufferPointer(start: $0, count: inputs)) }
      }
      #expect(got == wanted, "\(String(cString: table.name))")
    }
  }

  /// Gives copies of `rows` at addresses of their own.
  private static func withPointers(
    _ rows: [[Int16]], _ body: ([UnsafeMutablePointer<Int16>]) -> Void
  ) {
    let pointers = rows.map { row in
      let pointer = UnsafeMutablePointer<Int16>.allocate(capacity: row.count)
      pointer.initialize(from: row, count: row.count)
      return pointer
    }
    defer { for pointer in pointers { pointer.deallocate() } }
    body(pointers)
  }
}

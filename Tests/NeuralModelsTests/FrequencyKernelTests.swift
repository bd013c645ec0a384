import CKernels
import Testing

@Suite struct FrequencyKernelTests {
  private let total = 1 << 24

  private func frequencies(_ logits: [Float]) -> [Int] {
    let results = KernelTesting.sameBits { kernels in
      var frequencies = [UInt32](repeating: 0, count: logits.count)
      kernels.frequencies(logits.count / 256, logits, &frequencies)
      return [frequencies.map { Float(bitPattern: $0) }]
    }
    return results[0].map { Int($0.bitPattern) }
  }

  private func expectLegal(_ frequencies: [Int], sourceLocation: SourceLocation = #_sourceLocation)
  {
    #expect(frequencies.allSatisfy { 1...total ~= $0 }, sourceLocation: sourceLocation)
    #expect(frequencies.reduce(0, +) == total, sourceLocation: sourceLocation)
  }

  @Test func followTheProbabilities() {
    var numbers = Numbers(seed: 1)
    for range: Float in [0.01, 1, 8, 40] {
      let logits = numbers(256, range: range)
      let got = frequencies(logits)
      expectLegal(got)
      let probabilities = KernelReference.softmax(logits.map(Double.init))
      let likeliest = probabilities.max() ?? 0
      for (frequency, p) in zip(got, probabilities) where p < likeliest {
        #expect(
          abs(Double(frequency) - 1 - p * Double(total - 256)) <= 1 + 2e-6 * p * Double(total))
      }
    }
  }

  @Test func equalLogitsShareEqually() {
    for value: Float in [0, -1e30, 1e30, .infinity, -.infinity, .nan] {
      #expect(
        frequencies(.init(repeating: value, count: 256))
          == .init(repeating: total / 256, count: 256))
    }
  }

  @Test func hostileLogitsGiveLegalDistributions() {
    let hostile: [Float] = [
      .nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0, -0.0,
      .leastNonzeroMagnitude, 88.8, -87.4, -.nan, 1e10,
    ]
    var numbers = Numbers(seed: 2)
    for length in 1...hostile.count {
      let places = numbers.bytes(256)
      let logits = places.map { hostile[Int($0) % length] }
      expectLegal(frequencies(logits))
    }
  }

  @Test func certaintyLeavesOneForEachOther() {
    var logits = [Float](repeating: -100, count: 256)
    logits[200] = 100
    var wanted = [Int](repeating: 1, count: 256)
    wanted[200] = total - 255
    #expect(frequencies(logits) == wanted)
  }

  /// What rounding leaves goes to the first of the likeliest.
  @Test func remainderGoesToTheFirstOfEquals() {
    var logits = [Float](repeating: 0, count: 256)
    for place in [70, 71, 86, 255] { logits[place] = 1 }
    let got = frequencies(logits)
    #expect(got[71] == got[255] && got[86] == got[255])
    #expect(got[70] > got[71])
    expectLegal(got)
  }

  @Test func rowsAreIndependent() {
    var numbers = Numbers(seed: 5)
    let rows = (0..<3).map { _ in numbers(256, range: 5) }
    #expect(frequencies(Array(rows.joined())) == rows.flatMap(frequencies))
  }
}

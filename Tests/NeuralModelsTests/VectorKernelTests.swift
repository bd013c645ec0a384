import CKernels
import NeuralModels
import Testing

@Suite struct VectorKernelTests {
  private let lengths = KernelTesting.awkwardWidths + [100]

  @Test func sumsAndBlends() {
    for n in lengths {
      var numbers = Numbers(seed: n)
      let (x, y) = (numbers(n), numbers(n))
      let results = KernelTesting.sameBits { kernels in
        var (sum, scaled, blended) = (y, y, y)
        kernels.add(n, x, &sum)
        kernels.scale(n, 0.7, &scaled)
        kernels.blend(n, 0.3, x, 0.9, &blended)
        return [sum, scaled, blended]
      }
      #expect(results[0] == zip(x, y).map { $0 + $1 })
      #expect(results[1] == y.map { $0 * 0.7 })
      KernelTesting.expectClose(results[2], zip(x, y).map { 0.3 * Double($0) + 0.9 * Double($1) })
    }
  }

  @Test func mirrorsWhatLiesBelowTheDiagonal() {
    for n in lengths {
      var numbers = Numbers(seed: n)
      let whole = numbers(n * n)
      let results = KernelTesting.sameBits { kernels in
        var a = whole
        kernels.mirror(n, &a)
        return [a]
      }
      for i in 0..<n {
        for j in 0..<n {
          // Blocks on the diagonal stay as they are.
          let isAbove = j / 16 > i / 16
          #expect(results[0][i * n + j] == (isAbove ? whole[j * n + i] : whole[i * n + j]))
        }
      }
    }
  }

  @Test func columnSums() {
    for n in lengths {
      var numbers = Numbers(seed: n)
      let (rows, row) = (5, n + 2)
      let (dy, before) = (numbers(rows * row), numbers(n))
      let results = KernelTesting.sameBits { kernels in
        var sums = before
        kernels.add_rows(rows, n, dy, row, &sums)
        return [sums]
      }
      let wanted = (0..<n).map { column in
        (0..<rows).reduce(before[column]) { $0 + dy[$1 * row + column] }
      }
      #expect(results[0] == wanted)
    }
  }

  @Test func squareSum() {
    for n in lengths {
      var numbers = Numbers(seed: n)
      let x = numbers(n, range: 1e20)
      let wanted = x.reduce(0.0) { $0 + Double($1) * Double($1) }
      for kernels in KernelTesting.tables {
        let sum = kernels.square_sum(n, x)
        #expect(abs(sum - wanted) <= 1e-14 * wanted)
        #expect(sum == KernelTesting.tables[0].square_sum(n, x))
      }
    }
  }

  @Test func dotProduct() {
    for n in lengths {
      var numbers = Numbers(seed: n)
      let (x, y) = (numbers(n), numbers(n))
      let results = KernelTesting.sameBits { kernels in [[kernels.dot(n, x, y)]] }
      let wanted = zip(x, y).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      #expect(abs(Double(results[0][0]) - wanted) <= 1e-6 * Double(n))
    }
  }

  @Test func findsWhatIsNotFinite() {
    for n in lengths {
      var numbers = Numbers(seed: n)
      var x = numbers(n, range: .greatestFiniteMagnitude)
      for kernels in KernelTesting.tables {
        #expect(kernels.has_non_finite(n, x) == 0)
        for (place, value) in [(0, Float.nan), (n / 2, .infinity), (n - 1, -.infinity)] {
          let before = x[place]
          x[place] = value
          #expect(kernels.has_non_finite(n, x) == 1)
          x[place] = before
        }
      }
    }
  }

  @Test func dropoutKeepsItsShare() {
    let n = 10_001
    let x = [Float](repeating: 3, count: n)
    func masked(_ seed: UInt64) -> [Float] {
      KernelTesting.sameBits { kernels in
        var y = x
        kernels.dropout(n, seed, UInt32(0.2 * 0x1p32), 1.25, &y)
        return [y]
      }[0]
    }
    let (first, second) = (masked(1), masked(2))
    #expect(first.allSatisfy { $0 == 0 || $0 == 3.75 })
    // Five deviations of the binomial distribution.
    #expect(abs(Double(first.filter { $0 == 0 }.count) - 0.2 * Double(n)) < 200)
    let both = zip(first, second).filter { $0 == 0 && $1 == 0 }.count
    #expect(abs(Double(both) - 0.04 * Double(n)) < 100)
    let neighbours = zip(first, first.dropFirst()).filter { $0 == 0 && $1 == 0 }.count
    #expect(abs(Double(neighbours) - 0.04 * Double(n)) < 100)
  }

  @Test func dropoutOfNothingAndAlmostAll() {
    let table = Kernels.best.table.pointee
    var x = [Float](repeating: 1, count: 50)
    table.dropout(50, 9, 0, 1, &x)
    #expect(x == .init(repeating: 1, count: 50))
    table.dropout(50, 9, .max, 1, &x)
    #expect(x == .init(repeating: 0, count: 50))
  }
}

import Testing

@testable import NeuralModels

@Suite struct OptimiserTests {
  /// Three steps by hand: m and v from zero, both corrected, no decay of a bias.
  @Test func adamWStepsAsItsDefinitionSays() {
    var layout = ParameterLayout()
    let matrix = layout.add("m", [2, 2], .matrix)
    let bias = layout.add("b", [1], .bias)
    var settings = OptimiserSettings(
      optimiser: .adamw, rate: 0.1, matrixRate: 0.1, weightDecay: 0.5)
    settings.beta1 = 0.8
    settings.beta2 = 0.9
    let state = OptimiserState(
      layout: layout, settings: settings, kernels: .best, team: ThreadTeam(threads: 1))
    let weights = FloatBuffer(count: layout.bufferCount)
    let gradient = FloatBuffer(count: layout.bufferCount)
    weights.base[matrix] = 1
    weights.base[bias] = 1
    var (m, v, w, b) = (0.0, 0.0, 1.0, 1.0)
    for step in 0..<3 {
      let g = [0.5, -1, 0.25][step]
      gradient.base[matrix] = Float(2 * g)
      gradient.base[bias] = Float(2 * g)
      state.step(
        step, rateShare: 0.5, gradient: gradient.base, gradientScale: 0.5, weights: weights.base)
      m = 0.8 * m + 0.2 * g
      v = 0.9 * v + 0.1 * g * g
      let c1 = [0.2, 0.36, 0.488][step]
      let c2 = [0.1, 0.19, 0.271][step]
      let move = m / c1 / ((v / c2).squareRoot() + 1e-8)
      w -= 0.05 * (move + 0.5 * w)
      b -= 0.05 * move
      #expect(abs(Double(weights.base[matrix]) - w) < 1e-6)
      #expect(abs(Double(weights.base[bias]) - b) < 1e-6)
    }
  }

  /// What Muon steps along has singular values of about one: its Gram matrix is near the unit matrix.
  @Test(arguments: [(8, 8), (4, 24), (24, 4), (7, 33)])
  func theUpdateIsNearlyOrthogonal(rows: Int, columns: Int) {
    var generator = SystemRandomNumberGenerator()
    let matrix = FloatBuffer(count: rows * columns)
    for i in 0..<rows * columns {
      matrix.base[i] = Float.random(in: -1...1, using: &generator)
      if i % (columns + 1) == 0 { matrix.base[i] += 2 }
    }
    OrthogonalUpdate(kernels: .best, shapes: [(rows, columns)])
      .orthogonalise(matrix.base, rows: rows, columns: columns)
    let short = min(rows, columns)
    for i in 0..<short {
      var square: Float = 0
      for j in 0..<max(rows, columns) {
        let x = rows <= columns ? matrix.base[i * columns + j] : matrix.base[j * columns + i]
        square += x * x
      }
      // Singular values end between about 0.7 and 1.2.
      #expect((0.3...1.6).contains(square))
    }
  }

  /// The iterations as they are written, in double precision.
  @Test(arguments: [(1, 5), (16, 16), (33, 33), (33, 70), (70, 33), (64, 16), (40, 129)])
  func theUpdateIsThatOfItsIterations(rows: Int, columns: Int) {
    var numbers = Numbers(seed: rows + columns)
    let matrix = FloatBuffer(count: rows * columns)
    let values = numbers(rows * columns)
    for i in values.indices { matrix.base[i] = values[i] }
    var x = (0..<rows).map { i in (0..<columns).map { Double(values[i * columns + $0]) } }
    let norm = 1.01 * x.joined().reduce(0) { $0 + $1 * $1 }.squareRoot()
    x = x.map { $0.map { $0 / norm } }
    func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
      a.map { row in
        b[0].indices.map { j in row.indices.reduce(0) { $0 + row[$1] * b[$1][j] } }
      }
    }
    func turned(_ a: [[Double]]) -> [[Double]] { a[0].indices.map { j in a.map { $0[j] } } }
    for _ in 0..<5 {
      let a = product(x, turned(x))
      let squared = product(a, a)
      let factor = a.indices.map { i in
        a.indices.map { j in
          (i == j ? 3.4445 : 0) - 4.7750 * a[i][j] + 2.0315 * squared[i][j]
        }
      }
      x = product(factor, x)
    }
    OrthogonalUpdate(kernels: .best, shapes: [(rows, columns)])
      .orthogonalise(matrix.base, rows: rows, columns: columns)
    for (found, wanted) in zip(matrix.buffer, x.joined()) {
      #expect(abs(Double(found) - wanted) < 1e-3)
    }
  }

  @Test func momentumRisesToItsPeakAndStays() {
    var settings = OptimiserSettings(optimiser: .muon, rate: 1, matrixRate: 1, weightDecay: 0)
    settings.firstMomentum = 0.5
    settings.momentum = 0.75
    settings.momentumWarmUp = 10
    #expect([0, 5, 10, 11].map(settings.momentum) == [0.5, 0.625, 0.75, 0.75])
    settings.momentumWarmUp = 0
    #expect(settings.momentum(at: 1) == 0.75)
  }

  /// A first step along g and a second along -g: Muon goes on as far as its momentum says.
  @Test func momentumIsThatOfTheStep() {
    var layout = ParameterLayout()
    _ = layout.add("w", [1, 1], .matrix)
    var settings = OptimiserSettings(optimiser: .muon, rate: 1, matrixRate: 1, weightDecay: 0)
    settings.firstMomentum = 0.5
    settings.momentum = 0.999
    settings.momentumWarmUp = 1
    func second(_ gradient: Float) -> Float {
      let state = OptimiserState(
        layout: layout, settings: settings, kernels: .best, team: ThreadTeam(threads: 1))
      let (weights, gradients) = (FloatBuffer(count: 16), FloatBuffer(count: 16))
      gradients.base[0] = 1
      state.step(
        0, rateShare: 1, gradient: gradients.base, gradientScale: 1, weights: weights.base)
      let first = weights.base[0]
      gradients.base[0] = gradient
      state.step(
        1, rateShare: 1, gradient: gradients.base, gradientScale: 1, weights: weights.base)
      return weights.base[0] - first
    }
    // Nesterov's direction is m^2 + (m + 1) g after a first gradient of 1.
    #expect(second(-0.4) < 0)
    settings.momentum = 0.5
    #expect(second(-0.4) > 0)
  }

  @Test func aGradientOfZerosMovesNothing() {
    let matrix = FloatBuffer(count: 12)
    OrthogonalUpdate(kernels: .best, shapes: [(3, 4)]).orthogonalise(
      matrix.base, rows: 3, columns: 4)
    #expect(matrix.buffer.allSatisfy { $0 == 0 })
  }

  @Test(arguments: Optimiser.allCases)
  func threadsChangeNoBit(optimiser: Optimiser) {
    func trained(threads: Int) -> [Float] {
      var layout = ParameterLayout()
      _ = layout.add("e", [5, 3], .embedding)
      _ = layout.add("qkv", [12, 4], .matrix)
      _ = layout.add("w", [9, 17], .matrix)
      let settings = OptimiserSettings(
        optimiser: optimiser, rate: 0.01, matrixRate: 0.02, weightDecay: 0.1)
      let state = OptimiserState(
        layout: layout, settings: settings, kernels: .best, team: ThreadTeam(threads: threads))
      let weights = FloatBuffer(count: layout.bufferCount)
      let gradient = FloatBuffer(count: layout.bufferCount)
      for step in 0..<4 {
        for i in 0..<layout.bufferCount { gradient.base[i] = Float((i * 37 + step * 11) % 19 - 9) }
        state.step(
          step, rateShare: 1, gradient: gradient.base, gradientScale: 0.1, weights: weights.base)
      }
      return Array(weights.buffer)
    }
    let one = trained(threads: 1)
    #expect(one.contains { $0 != 0 })
    #expect(trained(threads: 2) == one)
    #expect(trained(threads: 3) == one)
  }
}

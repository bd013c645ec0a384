import Evidence

/// One figure of the optima over draws: how it grows with computation, and what it is at each budget.
struct DrawnGrowth {
  private let optima: [ComputeOptimum]
  private let line: LeastSquaresLine?
  private let figure: (ComputeOptimum) -> Double
  /// Of each draw the exponent; not a number where the draw has none.
  private var exponents: [Double]
  /// Of each optimum the logarithm of the figure in each draw that has it.
  private var logarithms: [[Double]]
  private let draws: Int

  /// The figure of `optima`, and of the same budgets' optima in each of `draws`.
  init(
    _ optima: [ComputeOptimum], _ draws: [[ComputeOptimum]],
    of figure: @escaping (ComputeOptimum) -> Double,
    using generator: inout some RandomNumberGenerator
  ) {
    self.optima = optima
    self.figure = figure
    self.draws = draws.count
    line = IsoComputation.line(optima, of: figure)
    exponents = draws.map { IsoComputation.line($0, of: figure)?.slope ?? .nan }
    logarithms = optima.map { optimum in
      draws.compactMap { draw in
        draw.first { $0.computation == optimum.computation }.map {
          Elementary.logarithm(figure($0))
        }
      }
    }
    addUnexplainedScatter(draws, using: &generator)
  }

  /// Moves every draw by what the noise does not explain of the optima's scatter about their line.
  private mutating func addUnexplainedScatter(
    _ draws: [[ComputeOptimum]], using generator: inout some RandomNumberGenerator
  ) {
    guard let line, line.degreesOfFreedom > 0 else { return }
    let unexplained = max(0, line.scatter - explainedScatter(draws)).squareRoot()
    guard unexplained > 0 else { return }
    for index in exponents.indices {
      let scale = generator.studentScale(degreesOfFreedom: line.degreesOfFreedom)
      exponents[index] += scale * unexplained * generator.normal() / line.spread.squareRoot()
    }
    for optimum in logarithms.indices {
      for index in logarithms[optimum].indices {
        let scale = generator.studentScale(degreesOfFreedom: line.degreesOfFreedom)
        logarithms[optimum][index] += scale * unexplained * generator.normal()
      }
    }
  }

  /// The mean scatter about a line of what the draws add to the optima.
  private func explainedScatter(_ draws: [[ComputeOptimum]]) -> Double {
    let scatters = draws.compactMap { draw -> Double? in
      guard draw.count == optima.count else { return nil }
      let moves = zip(draw, optima).map { drawn, optimum in
        (
          x: Elementary.logarithm(optimum.computation),
          y: Elementary.logarithm(figure(drawn) / figure(optimum))
        )
      }
      return LeastSquaresLine(moves)?.scatter
    }
    return scatters.isEmpty ? 0 : scatters.reduce(0, +) / Double(scatters.count)
  }

  /// The exponent with its interval; nil unless nine draws of ten have one.
  func exponent(level: Double) -> Estimate? {
    line.flatMap { Self.estimate($0.slope, exponents, of: draws, level: level) }
  }

  /// The figure at one optimum with its interval; nil unless nine draws of ten have it.
  func figure(at index: Int, level: Double) -> Estimate? {
    let value = Elementary.logarithm(figure(optima[index]))
    return Self.estimate(value, logarithms[index], of: draws, level: level).map {
      Estimate(
        value: figure(optima[index]),
        interval: Interval(
          low: Elementary.exponential($0.interval.low),
          high: Elementary.exponential($0.interval.high)), level: level)
    }
  }

  /// The percentiles of `values`, widened to hold `value`.
  private static func estimate(
    _ value: Double, _ values: [Double], of draws: Int, level: Double
  ) -> Estimate? {
    let finite = values.filter(\.isFinite)
    guard finite.count * 10 >= draws * 9, let sample = SortedSample(finite) else { return nil }
    let point = Interval(low: value, high: value)
    return Estimate(
      value: value, interval: sample.interval(level: level).union(point), level: level)
  }
}

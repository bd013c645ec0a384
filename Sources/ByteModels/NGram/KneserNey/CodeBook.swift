/// What the codes of a model's probabilities, or of its backoffs, stand for.
struct CodeBook {
  /// `ProbabilityCode`s in rising order; nil where a code is its own.
  let values: [UInt32]?

  /// Codes that are their own.
  static let exact = CodeBook(values: nil)

  /// What `code` stands for.
  @inline(__always)
  func probability(_ code: UInt32) -> Double {
    ProbabilityCode.probability(values.map { $0[Int(code)] } ?? code)
  }

  /// The code whose value is nearest to `probability`; the highest not above it where codes are their own.
  @inline(__always)
  func code(_ probability: Double) -> UInt32 {
    let exact = ProbabilityCode.code(probability)
    guard let values else { return exact }
    var (low, high) = (0, values.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if values[middle] <= exact { low = middle } else { high = middle - 1 }
    }
    guard low + 1 < values.count, exact > values[low] else { return UInt32(low) }
    let isNearerAbove = values[low + 1] - exact < exact - values[low]
    return UInt32(isNearerAbove ? low + 1 : low)
  }
}

extension CodeBook {
  /// A book of at most 2^`bits` values for `probabilities`, those that weigh more being met more closely: the
  /// one-dimensional k-means of Lloyd (1957, published 1982) on the scale of the codes, which is nearly that
  /// of logarithms. The lowest value is not above any of them; with `reserve` there are two more, next to
  /// nothing and a quarter of the lowest, for where less is left than was estimated.
  init(_ probabilities: [[Double]], weights: [[UInt32]], bits: Int, reserve: Bool) {
    var histogram = [UInt64](repeating: 0, count: Self.cells)
    var lowest = ProbabilityCode.largest
    for (level, probabilities) in probabilities.enumerated() {
      for i in probabilities.indices {
        let code = ProbabilityCode.code(probabilities[i])
        lowest = min(lowest, code)
        histogram[Int(code >> Self.cellShift)] += UInt64(weights[level][i]) + 1
      }
    }
    let cells = histogram.indices.filter { histogram[$0] > 0 }
    var centres = Self.quantiles(histogram, cells, count: 1 << bits)
    for _ in 0..<12 { centres = Self.improved(centres, histogram, cells) }
    var values =
      reserve ? [0, ProbabilityCode.code(ProbabilityCode.probability(lowest) / 4)] : [lowest]
    for centre in centres where centre > values[values.count - 1] { values.append(centre) }
    // What there is no room for is missed least next to the lowest.
    values.removeSubrange(1..<max(values.count - 1 << bits + 1, 1))
    while values.count < 1 << bits { values.append(values[values.count - 1]) }
    self.values = values
  }

  private static let cellShift: UInt32 = 6
  private static let cells = 1 << (24 - 6)

  private static func middle(of cell: Int) -> UInt64 { UInt64(cell) << 6 + 32 }

  /// Cells between which the weight is shared out evenly.
  private static func quantiles(_ histogram: [UInt64], _ cells: [Int], count: Int) -> [UInt32] {
    guard cells.count > count else { return cells.map { UInt32(middle(of: $0)) } }
    let total = cells.reduce(UInt64(0)) { $0 + histogram[$1] }
    var centres: [UInt32] = []
    var sum: UInt64 = 0
    for cell in cells {
      sum += histogram[cell]
      while centres.count < count && sum * UInt64(count) >= total * UInt64(centres.count) {
        centres.append(UInt32(middle(of: cell)))
      }
    }
    return centres
  }

  /// Each centre moved to the mean of what is nearer to it than to any other.
  private static func improved(
    _ centres: [UInt32], _ histogram: [UInt64], _ cells: [Int]
  ) -> [UInt32] {
    var (sums, weights) = ([UInt64](repeating: 0, count: centres.count), [UInt64]())
    weights = sums
    var nearest = 0
    for cell in cells {
      let place = middle(of: cell)
      while nearest + 1 < centres.count
        && UInt64(centres[nearest]) + UInt64(centres[nearest + 1]) < 2 * place
      { nearest += 1 }
      sums[nearest] += place * histogram[cell]
      weights[nearest] += histogram[cell]
    }
    return centres.indices.map { weights[$0] == 0 ? centres[$0] : UInt32(sums[$0] / weights[$0]) }
  }
}

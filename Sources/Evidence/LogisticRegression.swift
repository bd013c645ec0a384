/// How the chance of a success depends on covariates: log(p / (1 - p)) is linear in them.
///
/// Fitted by maximum likelihood under Jeffreys' prior, which takes the first-order bias out and keeps the estimates finite where
/// a covariate parts successes from failures without exception, as it will in some draws of a bootstrap (D. Firth, "Bias
/// reduction of maximum likelihood estimates", 1993; G. Heinze, M. Schemper, "A solution to the problem of separation in
/// logistic regression", 2002).
public struct LogisticRegression: Sendable, Equatable {
  /// Trials that have their covariates in common.
  public struct Group: Sendable, Equatable {
    /// One value for each coefficient; an intercept is a covariate of 1.
    public var covariates: [Double]
    public var successes: Double
    public var trials: Double

    /// Creates a group; see the properties.
    public init(_ covariates: [Double], successes: Double, trials: Double) {
      self.covariates = covariates
      self.successes = successes
      self.trials = trials
    }
  }

  /// What a covariate's rise by 1 adds to log(p / (1 - p)).
  public let coefficients: [Double]
  /// The inverse of the information, [coefficient][coefficient]: how uncertain they are, were all trials independent.
  let covariance: [[Double]]

  private static let mostSteps = 200
  /// The longest step in any coefficient: far from the end, Newton's go too far.
  private static let longestStep = 1.0
  private static let accuracy = 1e-9

  /// The fit to `groups`, all with as many covariates.
  ///
  /// Nil where the data say nothing: all trials ended alike, or the covariates do not vary independently.
  public init?(_ groups: [Group]) {
    let (successes, trials) = groups.reduce((0.0, 0.0)) { ($0.0 + $1.successes, $0.1 + $1.trials) }
    guard let first = groups.first, successes > 0, successes < trials else { return nil }
    var coefficients = [Double](repeating: 0, count: first.covariates.count)
    for _ in 0..<Self.mostSteps {
      guard let (step, covariance) = Self.step(from: coefficients, groups) else { return nil }
      let longest = step.reduce(0) { max($0, abs($1)) }
      if longest < Self.accuracy {
        self.coefficients = coefficients
        self.covariance = covariance
        return
      }
      let share = min(1, Self.longestStep / longest)
      for i in coefficients.indices { coefficients[i] += share * step[i] }
    }
    return nil
  }

  /// The chance of a success at `covariates`.
  public func probability(at covariates: [Double]) -> Double {
    Self.probability(at: covariates, coefficients)
  }

  private static func probability(at covariates: [Double], _ coefficients: [Double]) -> Double {
    let logit = zip(covariates, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    return 1 / (1 + Elementary.exponential(-logit))
  }

  /// Newton's step by Firth's score, Σ (s - n p + h (1/2 - p)) x with h the group's leverage, and the inverse of the
  /// information Σ n p (1 - p) x xᵀ; nil where it has none.
  private static func step(
    from coefficients: [Double], _ groups: [Group]
  ) -> (step: [Double], covariance: [[Double]])? {
    let size = coefficients.count
    let chances = groups.map { probability(at: $0.covariates, coefficients) }
    var information = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    for (group, p) in zip(groups, chances) {
      let weight = group.trials * p * (1 - p)
      for i in 0..<size {
        for j in 0..<size {
          information[i][j] += weight * group.covariates[i] * group.covariates[j]
        }
      }
    }
    guard let covariance = SymmetricMatrix.inverse(information) else { return nil }
    var score = [Double](repeating: 0, count: size)
    for (group, p) in zip(groups, chances) {
      let x = group.covariates
      let spread = zip(x, SymmetricMatrix.times(covariance, x)).reduce(0) { $0 + $1.0 * $1.1 }
      let leverage = group.trials * p * (1 - p) * spread
      let pull = group.successes - group.trials * p + leverage * (0.5 - p)
      for i in 0..<size { score[i] += pull * x[i] }
    }
    return (SymmetricMatrix.times(covariance, score), covariance)
  }
}

/// The little of linear algebra that few coefficients need.
enum SymmetricMatrix {
  static func times(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
    matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// The inverse of a positive definite matrix, by Gauss and Jordan; nil where it is singular, or nearly so.
  static func inverse(_ matrix: [[Double]]) -> [[Double]]? {
    let size = matrix.count
    var left = matrix
    var right = (0..<size).map { row in (0..<size).map { $0 == row ? 1.0 : 0 } }
    for column in 0..<size {
      let pivot = left[column][column]
      guard pivot.isFinite, pivot > 1e-12 * max(matrix[column][column], 1e-12) else { return nil }
      for j in 0..<size {
        left[column][j] /= pivot
        right[column][j] /= pivot
      }
      for row in 0..<size where row != column {
        let factor = left[row][column]
        for j in 0..<size {
          left[row][j] -= factor * left[column][j]
          right[row][j] -= factor * right[column][j]
        }
      }
    }
    return right
  }
}

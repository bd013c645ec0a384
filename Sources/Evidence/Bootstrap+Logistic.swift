/// What became of one unit (a string that was planted, a question): its trials, which are not independent of each other.
public struct LogisticUnit: Sendable, Equatable {
  /// A trial: where its covariates stand among all that occur, and whether it succeeded.
  public struct Trial: Sendable, Equatable {
    public var covariates: Int
    public var succeeded: Bool

    /// Creates a trial; see the properties.
    public init(covariates: Int, succeeded: Bool) {
      self.covariates = covariates
      self.succeeded = succeeded
    }
  }

  public var trials: [Trial]

  /// A unit of `trials`.
  public init(_ trials: [Trial]) { self.trials = trials }
}

extension Bootstrap {
  /// The distribution of each coefficient of a logistic regression: replicates (seeds) are drawn with replacement, then
  /// the units within each, with all of their trials.
  ///
  /// Intervals are stretched as for ratios; the standard error is that of the regression linearised, by what each unit's
  /// residuals pull a coefficient (the "sandwich" of P. J. Huber, 1967, by clusters).
  ///
  /// Nil where there is nothing to draw from or the regression has no answer. Draws in which it has none are left out.
  ///
  /// - Parameter covariates: those that occur, one value for each coefficient.
  public func distributions(
    ofLogistic replicates: [[LogisticUnit]], covariates: [[Double]],
    using generator: inout some RandomNumberGenerator
  ) -> [BootstrapDistribution]? {
    let design = LogisticDesign(covariates: covariates)
    guard let fit = design.fit(replicates.joined()) else { return nil }
    let pulls = replicates.map { $0.map { design.pull($0, on: fit) } }
    var draws: [[Double]] = []
    for _ in 0..<self.draws {
      var drawn: [LogisticUnit] = []
      for _ in replicates {
        let units = replicates[generator.index(below: replicates.count)]
        for _ in units { drawn.append(units[generator.index(below: units.count)]) }
      }
      if let coefficients = design.fit(drawn)?.coefficients { draws.append(coefficients) }
    }
    let distributions = fit.coefficients.indices.compactMap { index in
      SortedSample(draws.map { $0[index] }).flatMap { sample in
        SamplingError(deviations: pulls.map { $0.map { $0[index] } }).map {
          BootstrapDistribution(estimate: fit.coefficients[index], draws: sample, error: $0)
        }
      }
    }
    return distributions.count == fit.coefficients.count ? distributions : nil
  }
}

/// The covariates that occur, by which units are put together.
private struct LogisticDesign {
  let covariates: [[Double]]

  func fit(_ units: some Sequence<LogisticUnit>) -> LogisticRegression? {
    var groups = covariates.map { LogisticRegression.Group($0, successes: 0, trials: 0) }
    for unit in units {
      for trial in unit.trials {
        groups[trial.covariates].trials += 1
        groups[trial.covariates].successes += trial.succeeded ? 1 : 0
      }
    }
    return LogisticRegression(groups)
  }

  /// What `unit` adds to each coefficient, as a first-order guess.
  func pull(_ unit: LogisticUnit, on fit: LogisticRegression) -> [Double] {
    var score = [Double](repeating: 0, count: fit.coefficients.count)
    for trial in unit.trials {
      let x = covariates[trial.covariates]
      let residual = (trial.succeeded ? 1 : 0) - fit.probability(at: x)
      for i in score.indices { score[i] += residual * x[i] }
    }
    return SymmetricMatrix.times(fit.covariance, score)
  }
}

/// All runs of one size, with every count of its parameters and operations that an analysis may take.
public struct CountedRuns: Sendable {
  /// All parameters.
  public var totalParameters: Double
  /// Those without the tables that turn symbols into vectors and back.
  public var nonEmbeddingParameters: Double
  /// Exact floating-point operations for each byte, the output table and attention included.
  public var operations: Double
  /// The runs by how they were made; an arm that is missing here is left out of the analyses.
  public var arms: [RunArm: [[(data: Double, loss: Double)]]]

  /// Creates the runs of a size; see the properties.
  ///
  /// - Parameter arms: of each arm the losses by data, for each seed.
  public init(
    totalParameters: Double, nonEmbeddingParameters: Double, operations: Double,
    arms: [RunArm: [[(data: Double, loss: Double)]]]
  ) {
    self.totalParameters = totalParameters
    self.nonEmbeddingParameters = nonEmbeddingParameters
    self.operations = operations
    self.arms = arms
  }
}

/// How runs were made.
public struct RunArm: Sendable, Hashable, Codable {
  /// How the learning rate was chosen.
  public enum Rate: String, Sendable, Codable, CaseIterable {
    /// For each size.
    case tuned
    /// One for all sizes.
    case single
  }

  /// How the learning rate fell.
  public enum Schedule: String, Sendable, Codable, CaseIterable {
    /// It had fallen by the end of the data of each loss.
    case matched
    /// It had not: losses along one long run.
    case fixed
  }

  public var rate: Rate
  public var schedule: Schedule

  /// An arm; see the properties.
  public init(rate: Rate, schedule: Schedule) {
    self.rate = rate
    self.schedule = schedule
  }
}

/// What an analysis counts as size and as computation.
public struct RunCount: Sendable, Hashable, Codable {
  /// What counts as N.
  public enum Parameters: String, Sendable, Codable, CaseIterable {
    case total
    /// Kaplan's choice.
    case nonEmbedding
  }

  /// What counts as operations.
  public enum Operations: String, Sendable, Codable, CaseIterable {
    /// All of them.
    case exact
    /// 6 for each parameter that counts, and byte.
    case sixPerParameter
  }

  public var parameters: Parameters
  public var operations: Operations

  /// A count; see the properties.
  public init(parameters: Parameters, operations: Operations) {
    self.parameters = parameters
    self.operations = operations
  }
}

extension CountedRuns {
  /// The runs of an arm by one count; nil if there are none, or nothing to count.
  func row(_ arm: RunArm, _ count: RunCount) -> SeededRow? {
    guard let seeds = arms[arm] else { return nil }
    let parameters =
      count.parameters == .total ? totalParameters : nonEmbeddingParameters
    guard parameters > 0, operations > 0 else { return nil }
    let row = SeededRow(
      parameters: parameters,
      operations: count.operations == .exact ? operations : 6 * parameters, seeds: seeds)
    return row.mean.losses.count > 1 ? row : nil
  }
}

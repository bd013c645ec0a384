/// The size and data that a law takes to be best within limits.
struct PlannedRun {
  var parameters: Double
  var data: Double
  var bounds: [PlanBound]
  /// Whether the law has a best size at the computation; if not, the size is at an end of those that were searched.
  var isDetermined = true

  init(_ law: SurfaceLaw, _ basis: PlanningBasis, _ limits: PlanLimits) {
    if let computation = limits.computation {
      self.init(law, basis.operations, limits, logComputation: Elementary.logarithm(computation))
    } else {
      self.init(unlimited: basis, limits)
    }
  }

  /// With computation to spare: as large, and after as much data, as allowed or else as was measured.
  private init(unlimited basis: PlanningBasis, _ limits: PlanLimits) {
    parameters = limits.parameters ?? basis.measuredParameters.upperBound
    data = limits.data ?? basis.measuredData.upperBound
    bounds = [
      limits.parameters == nil ? .measuredParameters : .parameters,
      limits.data == nil ? .measuredData : .data,
    ]
  }

  /// At a budget of computation: the law's own best size; a larger one if data are too few for that; no larger than allowed.
  private init(
    _ law: SurfaceLaw, _ operations: OperationsCurve, _ limits: PlanLimits, logComputation: Double
  ) {
    let lowest = SurfaceOptimum.Problem(
      law: law, operations: operations, logComputation: logComputation
    ).lowest
    func logData(_ logSize: Double) -> Double {
      logComputation - operations.logOperations(logSize)
    }
    var logSize = lowest.logSize
    bounds = [.computation]
    isDetermined = lowest.isInside
    let mostData = limits.data.map(Elementary.logarithm)
    if let mostData, logData(logSize) > mostData {
      logSize = operations.logSize(logOperations: logComputation - mostData)
      bounds = [.computation, .data]
      isDetermined = true
    }
    if let largest = limits.parameters.map(Elementary.logarithm), largest < logSize {
      logSize = largest
      let isShort = mostData.map { logData(largest) > $0 } ?? false
      bounds = [isShort ? .data : .computation, .parameters]
      isDetermined = true
    }
    parameters = Elementary.exponential(logSize)
    data = Elementary.exponential(min(logData(logSize), mostData ?? .infinity))
  }
}

extension OperationsCurve {
  /// The logarithm of the size whose operations have the given logarithm, by bisection; an end of the searched sizes if it
  /// lies beyond.
  func logSize(logOperations: Double) -> Double {
    var (low, high) = (searchedLogSizes.lowerBound, searchedLogSizes.upperBound)
    for _ in 0..<64 {
      let middle = (low + high) / 2
      if self.logOperations(middle) < logOperations { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

extension IsoComputation {
  /// How far an estimator's exponent would lie from the true one without any noise: it makes its analysis of the losses of
  /// `law` at the sizes, operations and data of `rows`, and what it finds is compared with the law's own best sizes.
  ///
  /// Parabolas err where α and β differ or the sizes are not centred about the optimum ("Problems with Chinchilla Approach
  /// 2", 2026); any curve errs between sizes that lie far apart. The true optimum is found numerically, with operations
  /// between the sizes on Akima's curve as in the analysis, at the budgets at which the analysis has one.
  ///
  /// - Returns: the estimator's exponent less the true one; nil where the analysis has no exponent.
  public static func bias(
    of law: SurfaceLaw, _ rows: [SizeRow], budgets: [Double],
    estimator: ComputeOptimum.Estimator
  ) -> Double? {
    let exact = rows.map { row in
      var row = row
      for index in row.losses.indices {
        row.losses[index].loss = law.loss(
          parameters: row.parameters, data: row.losses[index].data)
      }
      return row
    }
    let result = IsoComputation(exact, budgets: budgets, estimator: estimator)
    guard let exponent = result.exponent,
      let operations = OperationsCurve(rows.map { ($0.parameters, $0.operations) }),
      let truth = SurfaceOptimum.exponent(
        of: law, operations, budgets: result.optima.map(\.computation))
    else { return nil }
    return exponent - truth
  }
}

import BitsPerByte
import Reports

extension ShardReport {
  /// What `result` has of `shard` of the whole measurement.
  init(_ shard: Shard, of whole: Measurement, measured result: MeasuringRun.Result) {
    let own = Dictionary(grouping: shard.part(of: whole.cells), by: \.method.name)
    let planned = Dictionary(grouping: whole.cells, by: \.method.name)
    let cells = Dictionary(grouping: result.cells, by: \.method)
    self.init(
      shard, of: result.run,
      rows: result.run.methods.map(\.name).map { method in
        let cells = cells[method] ?? []
        return Row(
          method: method, planned: planned[method]?.count ?? 0, own: own[method]?.count ?? 0,
          measured: cells.count { $0.error == nil },
          failures: cells.compactMap { cell in
            cell.error.map { error in cell.path.map { "\($0): \(error)" } ?? error }
          })
      })
  }

  /// What `records` have of `shard` of the whole plan.
  init(_ shard: Shard, of plan: ScalePlan, _ run: RunRecord, measured records: Records) {
    let jobs = shard.part(of: plan.jobs)
    let own = Dictionary(grouping: jobs, by: \.method.name)
    let planned = Dictionary(grouping: plan.jobs, by: \.method.name)
    let missing = Dictionary(
      grouping: plan.missing(from: records, among: jobs), by: \.method.name)
    let errors = Dictionary(
      (records.prefixes.map { ($0.key, $0.error) } + records.frozen.map { ($0.key, $0.error) })
    ) { $1 }
    self.init(
      shard, of: run,
      rows: run.methods.map(\.name).map { method in
        let (own, missing) = (own[method] ?? [], missing[method] ?? [])
        return Row(
          method: method, planned: planned[method]?.count ?? 0, own: own.count,
          measured: own.count - missing.count,
          failures: missing.flatMap { $0.keys(in: plan.record) }.compactMap { errors[$0] ?? nil })
      })
  }

  /// What `records` have of `shard` of a study's plan, in one row.
  init(_ shard: Shard, of plan: StudyPlan, _ run: RunRecord, measured records: Records) {
    let own = shard.part(of: plan.cells)
    self.init(
      shard, of: run,
      rows: [
        Row(
          method: plan.record.name, planned: plan.record.cells.count,
          own: own.reduce(0) { $0 + $1.names.count },
          measured: plan.knownCount(in: records, of: own),
          failures: StudyResults(plan.record, in: records).failures)
      ])
  }
}

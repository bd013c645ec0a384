import BPBCore
public import RunRecords

extension ScaleJob {
  /// What this job's records are called.
  public func keys(in plan: ScaleRecord) -> [ScaleKey] {
    sizes.map { bytes in
      ScaleKey(
        method: method.name, version: method.version, stream: plan.stream, start: window.start,
        bytes: bytes, capacity: capacity, heldOut: work == .freeze ? plan.heldOut : nil)
    }
  }
}

extension ScalePlan {
  /// The jobs of which `records` do not hold every point yet. Points that failed are measured again.
  ///
  /// - Parameter part: those of the plan's jobs that are asked for; nil for all.
  public func missing(from records: Records, among part: [ScaleJob]? = nil) -> [ScaleJob] {
    let prefixes = records.prefixes.filter { $0.error == nil && $0.verified == true }.map(\.key)
    let frozen = records.frozen.filter { $0.error == nil && !$0.heldOutBits.isEmpty }.map(\.key)
    let known = Set(prefixes + frozen)
    return (part ?? jobs).filter { job in !job.keys(in: record).allSatisfy(known.contains) }
  }
}

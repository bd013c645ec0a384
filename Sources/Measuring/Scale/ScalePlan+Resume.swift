import BPBCore
public import RunRecords

extension ScaleJob {
  /// What this job's records are called.
  func keys(in plan: ScaleRecord) -> [ScaleKey] {
    sizes.map { bytes in
      ScaleKey(
        method: method.name, version: method.version, stream: plan.stream, start: window.start,
        bytes: bytes, capacity: capacity, heldOut: work == .freeze ? plan.heldOut : nil)
    }
  }
}

extension ScalePlan {
  /// The jobs of which `records` do not hold every point yet. Points that failed are measured again.
  public func missing(from records: Records) -> [ScaleJob] {
    let prefixes = records.prefixes.filter { $0.error == nil && $0.verified == true }.map(\.key)
    let frozen = records.frozen.filter { $0.error == nil && !$0.heldOutBits.isEmpty }.map(\.key)
    let known = Set(prefixes + frozen)
    return jobs.filter { job in !job.keys(in: record).allSatisfy(known.contains) }
  }
}

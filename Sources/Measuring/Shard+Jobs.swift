public import RunRecords

extension Shard {
  /// Those of a plan's `jobs` that are this shard's, in their order.
  ///
  /// Every job is in one shard. Longest first, each goes where the least is to be done so far (R. L. Graham, Bounds on
  /// multiprocessing timing anomalies, 1969: the longest part takes at most 4/3 of the least that is possible). Which
  /// jobs a shard has follows from the plan alone, not from what was measured already or from the machine.
  public func part<Work: Job>(of jobs: [Work]) -> [Work] {
    let costs = jobs.map(\.expectedSeconds)
    let longestFirst = jobs.indices.sorted { (costs[$1], $0) < (costs[$0], $1) }
    // Of more shards than jobs the last have none.
    var loads = [(seconds: Double, jobs: Int)](
      repeating: (0, 0), count: max(min(count, jobs.count), 1))
    var own: [Int] = []
    for job in longestFirst {
      let place = loads.indices.min { loads[$0] < loads[$1] } ?? 0
      loads[place].seconds += costs[job]
      loads[place].jobs += 1
      if place == index - 1 { own.append(job) }
    }
    return own.sorted().map { jobs[$0] }
  }
}

extension RunRecord {
  /// A run that was joined with others of the same plan: who measured, where and when.
  ///
  /// Cells keep the id of the run that measured them, so that this says what made each of them.
  public struct Part: Codable, Sendable, Equatable {
    public var run: String
    public var started: String
    public var command: [String]
    public var bpbVersion: String
    public var environment: Environment
    public var shard: Shard?

    enum CodingKeys: String, CodingKey {
      case run, started, command
      case bpbVersion = "bpb_version"
      case environment, shard
    }

    /// What of `run` is not its plan.
    fileprivate init(_ run: RunRecord) {
      self.run = run.run
      started = run.started
      command = run.command
      bpbVersion = run.bpbVersion
      environment = run.environment
      shard = run.shard
    }
  }

  /// The runs that this one consists of, at least itself.
  public var allParts: [Part] { parts ?? [Part(self)] }

  /// Whether both plan the same cells, whoever measures which of them.
  ///
  /// A method is known by name, version and model; the size of its decoder differs between builds, and what a
  /// self-check found between machines.
  public func plansTheSame(as other: RunRecord) -> Bool {
    corpus == other.corpus && policy == other.policy
      && methods.map(\.identity) == other.methods.map(\.identity)
      && scale?.unchecked == other.scale?.unchecked && study?.unchecked == other.study?.unchecked
  }

  /// Whether a report on `other` is a report on this run.
  public func asksTheSame(as other: RunRecord) -> Bool {
    plansTheSame(as: other) && selfCheck == other.selfCheck && other.covers(shard)
  }

  /// Both runs as one, if they plan the same: what is not plan is of the later, and the parts tell of either. A
  /// self-check counts as passed where it passed in both.
  public func joined(with later: RunRecord) -> RunRecord? {
    guard plansTheSame(as: later) else { return nil }
    let earlier = allParts
    let parts = earlier + later.allParts.filter { !earlier.contains($0) }
    guard parts.count > 1 else { return later }
    var joined = later
    (joined.shard, joined.parts) = (nil, parts)
    let check = selfCheck.joined(with: later.selfCheck)
    joined.scale?.selfCheck = check
    joined.study?.selfCheck = check
    return joined
  }

  private var selfCheck: [SelfCheckRecord] { scale?.selfCheck ?? study?.selfCheck ?? [] }
}

extension RunRecord {
  /// The shards that are not among the parts; empty if all of the plan was asked for.
  ///
  /// Where a plan was cut in several ways, those of the last.
  public var missingShards: [Shard] {
    let parts = allParts
    let shards = parts.compactMap(\.shard)
    guard shards.count == parts.count, let last = shards.last?.count else { return [] }
    let byCount = Dictionary(grouping: Set(shards), by: \.count)
    guard byCount.allSatisfy({ $0.value.count < $0.key }) else { return [] }
    let present = Set(byCount[last] ?? [])
    return (1...last).compactMap { Shard($0, of: last) }.filter { !present.contains($0) }
  }

  /// Whether all of `shard` was asked for, or all of the plan if that is nil.
  private func covers(_ shard: Shard?) -> Bool {
    missingShards.isEmpty || shard.map { allParts.compactMap(\.shard).contains($0) } ?? false
  }
}

extension MethodRecord {
  /// What says that two methods are one.
  fileprivate var identity: [String?] { [name, version, modelHash, "\(modelBytes)"] }
}

extension ScaleRecord {
  fileprivate var unchecked: ScaleRecord {
    var plan = self
    plan.selfCheck = []
    return plan
  }
}

extension StudyRecord {
  fileprivate var unchecked: StudyRecord {
    var plan = self
    plan.selfCheck = []
    return plan
  }
}

extension [SelfCheckRecord] {
  /// Every case, passed only where it passed both times; none if one of the checks was not made.
  fileprivate func joined(with later: [SelfCheckRecord]) -> [SelfCheckRecord] {
    guard !isEmpty, !later.isEmpty else { return [] }
    let failed = Set((self + later).filter { !$0.passed }.map(\.name))
    let others = filter { earlier in !later.contains { $0.name == earlier.name } }
    return (later + others).map {
      SelfCheckRecord(name: $0.name, passed: !failed.contains($0.name))
    }
  }
}

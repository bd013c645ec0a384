import RunRecords

/// Records by what they measured; of several that a rerun left, the latest.
struct ScaleIndex {
  private struct Place: Hashable {
    let method: String
    let version: String?
    let stream: String
    let start: Int
    let bytes: Int

    init(_ key: ScaleKey) {
      (method, version, stream) = (key.method, key.version, key.stream)
      (start, bytes) = (key.start, key.bytes)
    }

    init(
      _ method: MethodRecord, _ plan: ScaleRecord, _ window: ScaleRecord.Window, _ bytes: Int
    ) {
      (self.method, version, stream) = (method.name, method.version, plan.stream)
      (start, self.bytes) = (window.start, bytes)
    }
  }

  private var prefixes: [Place: PrefixRecord] = [:]
  private var models: [Place: FrozenRecord] = [:]

  init(_ prefixes: [PrefixRecord], _ models: [FrozenRecord]) {
    for record in prefixes { self.prefixes[Place(record.key)] = record }
    for record in models { self.models[Place(record.key)] = record }
  }

  func prefix(
    _ method: MethodRecord, _ plan: ScaleRecord, _ window: ScaleRecord.Window, _ bytes: Int
  ) -> PrefixRecord? {
    prefixes[Place(method, plan, window, bytes)]
  }

  func frozen(
    _ method: MethodRecord, _ plan: ScaleRecord, _ window: ScaleRecord.Window, _ bytes: Int
  ) -> FrozenRecord? {
    let record = models[Place(method, plan, window, bytes)]
    return record.flatMap { $0.isTested(by: plan) ? $0 : nil }
  }
}

extension FrozenRecord {
  /// Whether the held-out part is the plan's, in the plan's blocks.
  fileprivate func isTested(by plan: ScaleRecord) -> Bool {
    let (full, rest) = plan.heldOutBytes.quotientAndRemainder(dividingBy: plan.blockSize)
    return heldOut == plan.heldOut
      && (heldOutBits.isEmpty || heldOutBits.count == full + (rest > 0 ? 1 : 0))
  }
}

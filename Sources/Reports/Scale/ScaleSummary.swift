public import RunRecords

/// A scale run, ready to be told: curves of every method and what the models among them hold. A pure
/// function of records.
public struct ScaleSummary: Sendable, Equatable {
  public let run: RunRecord
  public let plan: ScaleRecord
  /// One a method, in the order in which they were asked for.
  public let rows: [ScaleRow]

  /// What `records` hold of `run`; nil if that is not a scale run.
  public init?(run: RunRecord, in records: Records) {
    guard let plan = run.scale else { return nil }
    self.run = run
    self.plan = plan
    let index = ScaleIndex(records.prefixes, records.frozen)
    rows = run.methods.map { ScaleRow(method: $0, plan: plan, index: index) }
  }

  /// The scale runs that a records file holds: of several on one stream the last, with the methods of
  /// all of them.
  public static func all(in records: Records) -> [ScaleSummary] {
    var merged: [RunRecord] = []
    for run in records.runs where run.scale != nil {
      guard let earlier = merged.firstIndex(where: { $0.scale?.stream == run.scale?.stream }) else {
        merged.append(run)
        continue
      }
      var latest = run
      latest.methods = merged[earlier].methods.adding(run.methods)
      let checks = merged[earlier].scale?.selfCheck ?? []
      latest.scale?.selfCheck = checks.adding(run.scale?.selfCheck ?? [])
      merged[earlier] = latest
    }
    return merged.compactMap { ScaleSummary(run: $0, in: records) }
  }

  /// The smallest coded size of the first `bytes` bytes by any method, in bits: what the corpus itself
  /// is known to fit into.
  public func bestCodedBits(after bytes: Int) -> Double? {
    rows.compactMap { $0.coded[bytes]?.ofStream }.min().map { $0 * Double(bytes) }
  }

  /// Whether a model that was frozen after so many bytes holds fewer bits than the smallest code of these
  /// bytes: only then is it a lossy summary of them. Nil where there is nothing to hold it against.
  public func isSummary(_ frozen: FrozenRecord) -> Bool? {
    guard let model = frozen.modelBytes, let best = bestCodedBits(after: frozen.bytes) else {
      return nil
    }
    return 8 * Double(model) < best
  }
}

extension [MethodRecord] {
  /// These and those of `later` that are not among them.
  ///
  /// Name and version say what a cell is; the decoder's size differs between builds.
  func adding(_ later: [MethodRecord]) -> [MethodRecord] {
    self + later.filter { new in !contains { $0.name == new.name && $0.version == new.version } }
  }
}

extension [SelfCheckRecord] {
  /// These and those of `later`, which replace them where a case was checked again; none if one of the runs
  /// was made without a check, as then some of their methods are unchecked.
  func adding(_ later: [SelfCheckRecord]) -> [SelfCheckRecord] {
    guard !isEmpty, !later.isEmpty else { return [] }
    let names = Set(later.map(\.name))
    return filter { !names.contains($0.name) } + later
  }
}

import BPBCore
import Evidence
public import RunRecords

/// What one method made of a scale run.
public struct ScaleRow: Sendable, Equatable {
  public let method: MethodRecord
  /// The method's name, safe to print.
  public let label: String
  public let coded: ScaleCurve
  public let marginal: ScaleCurve
  /// No points for methods that cannot be frozen.
  public let heldOut: ScaleCurve
  /// What the model of the first window holds, in order of the sizes; empty for methods that are none.
  public let frozen: [FrozenRecord]
  /// What each held-out block cost, by size.
  private let heldOutCosts: [Int: [HeldOutCosts]]
  /// Why there are figures missing, each sentence once.
  public let failures: [String]

  init(method: MethodRecord, plan: ScaleRecord, index: ScaleIndex) {
    self.method = method
    label = SafeText.printable(method.name)
    let prefixes = plan.windows.map { window in
      plan.sizes.filter { $0 <= window.bytes }
        .compactMap { index.prefix(method, plan, window, $0) }
    }
    let frozen = plan.windows.map { window in
      plan.sizes.filter { $0 <= window.bytes }
        .compactMap { index.frozen(method, plan, window, $0) }
    }
    coded = Self.curve(.coded, prefixes.map { $0.compactMap(Self.coded) }, plan)
    marginal = Self.curve(.marginal, prefixes.map { Self.marginal($0, plan) }, plan)
    heldOut = Self.curve(
      .heldOut, frozen.map { $0.compactMap { Self.heldOut($0, plan) } }, plan)
    self.frozen = (frozen.first ?? []).filter { $0.error == nil && $0.modelBytes != nil }
    heldOutCosts = Dictionary(grouping: HeldOutCosts.all(of: frozen, plan), by: \.bytes)
    let errors = prefixes.joined().compactMap(\.error) + frozen.joined().compactMap(\.error)
    failures = errors.reduce(into: []) { known, error in
      let sentence = SafeText.printable(error)
      if !known.contains(sentence) { known.append(sentence) }
    }
  }

  /// The curve of that kind.
  public func curve(_ kind: ScaleCurve.Kind) -> ScaleCurve {
    switch kind {
    case .coded: coded
    case .marginal: marginal
    case .heldOut: heldOut
    }
  }

  /// What each window's model paid for every held-out block, after learning from so many bytes.
  func heldOutReplicates(after bytes: Int) -> [Replicate] {
    (heldOutCosts[bytes] ?? []).map(\.replicate)
  }

  /// The same of the model that learned from the stream's first bytes; nil if there is none.
  func heldOutReplicateOfStream(after bytes: Int) -> Replicate? {
    heldOutCosts[bytes]?.first { $0.window == 0 }?.replicate
  }

  private typealias Value = (bytes: Int, loss: Double)

  private static func coded(_ record: PrefixRecord) -> Value? {
    verifiedSize(of: record).map { (record.bytes, 8 * Double($0) / Double(record.bytes)) }
  }

  /// The differences of sizes that follow each other in the plan.
  private static func marginal(_ records: [PrefixRecord], _ plan: ScaleRecord) -> [Value] {
    let next = Dictionary(zip(plan.sizes, plan.sizes.dropFirst()), uniquingKeysWith: max)
    return zip(records, records.dropFirst()).compactMap { before, after in
      guard next[before.bytes] == after.bytes, let first = verifiedSize(of: before),
        let second = verifiedSize(of: after)
      else { return nil }
      return (before.bytes, 8 * Double(second - first) / Double(after.bytes - before.bytes))
    }
  }

  /// What was not decoded and compared is no size.
  private static func verifiedSize(of record: PrefixRecord) -> Int? {
    record.verified == true ? record.codedBytes : nil
  }

  private static func heldOut(_ record: FrozenRecord, _ plan: ScaleRecord) -> Value? {
    guard !record.heldOutBits.isEmpty, plan.heldOutBytes > 0 else { return nil }
    return (record.bytes, record.heldOutBits.reduce(0, +) / Double(plan.heldOutBytes))
  }

  private static func curve(
    _ kind: ScaleCurve.Kind, _ windows: [[Value]], _ plan: ScaleRecord
  ) -> ScaleCurve {
    let points = plan.sizes.compactMap { size -> ScaleCurve.Point? in
      let values = windows.enumerated().compactMap { index, window in
        window.first { $0.bytes == size }.map { (index, $0.loss) }
      }
      guard !values.isEmpty else { return nil }
      return ScaleCurve.Point(bytes: size, values: values.map(\.1), windows: values.map(\.0))
    }
    return ScaleCurve(kind: kind, points: points)
  }
}

/// What the blocks of the held-out part cost under the model of one window.
private struct HeldOutCosts: Sendable, Equatable {
  let window: Int
  let bytes: Int
  let replicate: Replicate

  /// Of the frozen models of each window, those that were tested.
  static func all(of windows: [[FrozenRecord]], _ plan: ScaleRecord) -> [HeldOutCosts] {
    windows.enumerated().flatMap { index, models in
      models.filter { !$0.heldOutBits.isEmpty }.map { model in
        HeldOutCosts(
          window: index, bytes: model.bytes,
          replicate: Replicate(blocks: plan.blockCosts(model.heldOutBits)))
      }
    }
  }
}

extension ScaleRecord {
  /// The costs of the held-out part's blocks, of which the last may be shorter.
  fileprivate func blockCosts(_ bits: [Double]) -> [BlockCost] {
    bits.enumerated().map { index, bits in
      let bytes = min(blockSize, heldOutBytes - index * blockSize)
      return BlockCost(bits: bits, bytes: Double(bytes))
    }
  }
}

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
  /// What each held-out block cost, by size and window.
  let heldOutBlocks: [Int: [[BlockCost]]]
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
    marginal = Self.curve(.marginal, prefixes.map { Self.marginal($0) }, plan)
    heldOut = Self.curve(
      .heldOut, frozen.map { $0.compactMap { Self.heldOut($0, plan) } }, plan)
    self.frozen = (frozen.first ?? []).filter { $0.error == nil && $0.modelBytes != nil }
    heldOutBlocks = Dictionary(
      grouping: frozen.joined().filter { !$0.heldOutBits.isEmpty }, by: \.bytes
    )
    .mapValues { $0.map { plan.blockCosts($0.heldOutBits) } }
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

  private typealias Value = (bytes: Int, loss: Double)

  private static func coded(_ record: PrefixRecord) -> Value? {
    record.codedBytes.map { (record.bytes, 8 * Double($0) / Double(record.bytes)) }
  }

  /// The differences of successive sizes.
  private static func marginal(_ records: [PrefixRecord]) -> [Value] {
    zip(records, records.dropFirst()).compactMap { before, after in
      guard let first = before.codedBytes, let second = after.codedBytes else { return nil }
      return (before.bytes, 8 * Double(second - first) / Double(after.bytes - before.bytes))
    }
  }

  private static func heldOut(_ record: FrozenRecord, _ plan: ScaleRecord) -> Value? {
    guard !record.heldOutBits.isEmpty, plan.heldOutBytes > 0 else { return nil }
    return (record.bytes, record.heldOutBits.reduce(0, +) / Double(plan.heldOutBytes))
  }

  private static func curve(
    _ kind: ScaleCurve.Kind, _ windows: [[Value]], _ plan: ScaleRecord
  ) -> ScaleCurve {
    let points = plan.sizes.compactMap { size -> ScaleCurve.Point? in
      let values = windows.compactMap { window in window.first { $0.bytes == size }?.loss }
      return values.isEmpty ? nil : ScaleCurve.Point(bytes: size, values: values)
    }
    return ScaleCurve(kind: kind, points: points)
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

/// Records by what they measured; of several that a rerun left, the latest.
struct ScaleIndex {
  private struct Place: Hashable {
    let method: String
    let version: String?
    let stream: String
    let start: Int
    let bytes: Int
  }

  private var prefixes: [Place: PrefixRecord] = [:]
  private var models: [Place: FrozenRecord] = [:]

  init(_ prefixes: [PrefixRecord], _ models: [FrozenRecord]) {
    for record in prefixes {
      let place = Place(
        method: record.method, version: record.version, stream: record.stream,
        start: record.start, bytes: record.bytes)
      self.prefixes[place] = record
    }
    for record in models {
      let place = Place(
        method: record.method, version: record.version, stream: record.stream,
        start: record.start, bytes: record.bytes)
      self.models[place] = record
    }
  }

  func prefix(
    _ method: MethodRecord, _ plan: ScaleRecord, _ window: ScaleRecord.Window, _ bytes: Int
  ) -> PrefixRecord? {
    prefixes[
      Place(
        method: method.name, version: method.version, stream: plan.stream, start: window.start,
        bytes: bytes)]
  }

  func frozen(
    _ method: MethodRecord, _ plan: ScaleRecord, _ window: ScaleRecord.Window, _ bytes: Int
  ) -> FrozenRecord? {
    let record = models[
      Place(
        method: method.name, version: method.version, stream: plan.stream, start: window.start,
        bytes: bytes)]
    return record?.heldOut == plan.heldOut ? record : nil
  }
}

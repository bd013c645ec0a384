/// A line of a records file: a run's provenance, or one measurement.
///
/// In JSON an object of the record's own keys and `type`, which says which record it is.
public enum RecordLine: Codable, Sendable, Equatable {
  case run(RunRecord)
  case cell(CellRecord)
  case prefix(PrefixRecord)
  case frozen(FrozenRecord)
  case training(TrainingRecord)
  case study(StudyCellRecord)

  /// Reasons why valid JSON is not a record, as a reader tells them apart.
  enum Refusal: Error {
    case newerSchema(Int)
    case unknownType(String)
    case negativeCount
    case inconsistentPlan
  }

  private enum CodingKeys: String, CodingKey {
    case type, schema
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(String.self, forKey: .type) {
    case "run":
      // Before anything else: a newer schema may have changed every other key.
      let schema = try container.decode(Int.self, forKey: .schema)
      guard schema <= RunRecord.currentSchema else { throw Refusal.newerSchema(schema) }
      let run = try RunRecord(from: decoder)
      guard run.scale?.isConsistent ?? true, run.study?.isConsistent ?? true else {
        throw Refusal.inconsistentPlan
      }
      self = .run(run)
    case "cell":
      let cell = try CellRecord(from: decoder)
      guard cell.countsAreNatural else { throw Refusal.negativeCount }
      self = .cell(cell)
    case "prefix":
      let prefix = try PrefixRecord(from: decoder)
      guard prefix.countsAreNatural else { throw Refusal.negativeCount }
      self = .prefix(prefix)
    case "frozen":
      let frozen = try FrozenRecord(from: decoder)
      guard frozen.countsAreNatural else { throw Refusal.negativeCount }
      self = .frozen(frozen)
    case "training":
      let training = try TrainingRecord(from: decoder)
      guard training.isConsistent else { throw Refusal.negativeCount }
      self = .training(training)
    case "study": self = .study(try StudyCellRecord(from: decoder))
    case let other: throw Refusal.unknownType(other)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .run(let run):
      try container.encode("run", forKey: .type)
      try run.encode(to: encoder)
    case .cell(let cell):
      try container.encode("cell", forKey: .type)
      try cell.encode(to: encoder)
    case .prefix(let prefix):
      try container.encode("prefix", forKey: .type)
      try prefix.encode(to: encoder)
    case .frozen(let frozen):
      try container.encode("frozen", forKey: .type)
      try frozen.encode(to: encoder)
    case .training(let training):
      try container.encode("training", forKey: .type)
      try training.encode(to: encoder)
    case .study(let cell):
      try container.encode("study", forKey: .type)
      try cell.encode(to: encoder)
    }
  }
}

extension CellRecord {
  fileprivate var countsAreNatural: Bool {
    let counts = [
      bytes, codedBytes, framingBytes, sentModelBytes, blocks, modelBytes, decoderBytes,
      memoryBytes,
    ]
    return counts.allSatisfy { $0 ?? 0 >= 0 } && heldOut?.isConsistent(bytes: bytes) ?? true
  }
}

extension PrefixRecord {
  fileprivate var countsAreNatural: Bool {
    [start, bytes, capacity, codedBytes].allSatisfy { $0 ?? 0 >= 0 }
  }
}

extension FrozenRecord {
  fileprivate var countsAreNatural: Bool {
    let shares = [topOne, heldOutTopOne].flatMap { [$0?.right, $0?.of] }
    let alone = continuation.map { [$0.prompts, $0.promptBytes, $0.bytes, $0.right] } ?? []
    let counts = [start, bytes, capacity, modelBytes, residualBytes] + shares + alone
    return counts.allSatisfy { $0 ?? 0 >= 0 } && heldOutBits.allSatisfy { $0 >= 0 }
  }
}

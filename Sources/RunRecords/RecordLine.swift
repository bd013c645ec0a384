/// A line of a records file: a run's provenance, or one cell.
///
/// In JSON an object of the record's own keys and `type`, which says which record it is.
public enum RecordLine: Codable, Sendable, Equatable {
  case run(RunRecord)
  case cell(CellRecord)

  /// Reasons why valid JSON is not a record, as a reader tells them apart.
  enum Refusal: Error {
    case newerSchema(Int)
    case unknownType(String)
    case negativeCount
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
      self = .run(try RunRecord(from: decoder))
    case "cell":
      let cell = try CellRecord(from: decoder)
      guard cell.countsAreNatural else { throw Refusal.negativeCount }
      self = .cell(cell)
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
    }
  }
}

extension CellRecord {
  fileprivate var countsAreNatural: Bool {
    let counts = [bytes, codedBytes, framingBytes, blocks, modelBytes, decoderBytes, memoryBytes]
    return counts.allSatisfy { $0 ?? 0 >= 0 }
  }
}

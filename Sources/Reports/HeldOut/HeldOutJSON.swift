import Evidence
import RunRecords

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension ComparisonRow {
  /// Two to the power of bits per byte, of kind `heldout`: among as many equally likely bytes a choice would
  /// be as hard. Nil for other kinds and no bytes.
  public var perplexity: Double? { heldOut == nil ? nil : bitsPerByte.map { exp2($0) } }
}

extension ComparisonRow.File {
  /// As that of the row.
  public var perplexity: Double? { cell?.heldOut == nil ? nil : bitsPerByte.map { exp2($0) } }
}

extension HeldOutFigures {
  /// What only this kind has, of all files of `row`.
  func json(of row: ComparisonRow) -> JSONValue {
    .object([
      ("bits", .number(bits)), ("perplexity", .optional(row.perplexity)),
      (
        "interval",
        interval.map { .object([("low", .number($0.low)), ("high", .number($0.high))]) } ?? .null
      ),
      ("top_one", .optional(topOne?.fraction)),
      ("positions", .array(positions.map(\.json))),
      ("trained_on", .array(leaks.filter(\.isTrainedOn).map { .string($0.path) })),
      ("overlapping", .array(leaks.filter { !$0.isTrainedOn }.map { .string($0.path) })),
    ])
  }
}

extension HeldOutRecord {
  /// What only this kind has, of one file.
  var json: JSONValue {
    .object([
      ("bits", .number(bits)), ("top_one", .optional(topOne?.fraction)),
      ("positions", .array(positions.map(\.json))),
      ("trained_on", isTrainedOn.map { .bool($0) } ?? .null),
      ("shared_windows", .optional(sharedWindows?.fraction)),
    ])
  }
}

extension HeldOutRecord.Position {
  fileprivate var json: JSONValue {
    .object([
      ("start", .integer(start)), ("bytes", .integer(bytes)), ("bits", .number(bits)),
      ("bits_per_byte", .optional(bitsPerByte)),
    ])
  }
}

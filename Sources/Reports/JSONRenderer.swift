import RunRecords

/// One JSON object, for programs. What cannot be known is null.
public struct JSONRenderer: ReportRenderer {
  /// Version of the report's layout; it grows when a key changes its meaning or goes.
  public static let schema = 1

  private let options: ReportOptions

  /// A renderer; the options are those of every form. Files are always listed.
  public init(_ options: ReportOptions) { self.options = options }

  public func render(_ comparison: Comparison) -> String { document(comparison).text }

  private func document(_ comparison: Comparison) -> JSONValue {
    let run = comparison.run
    return .object([
      ("schema", .integer(Self.schema)),
      ("bpb_version", .string(run.bpbVersion)),
      ("run", options.showsSpeed ? .string(run.run) : .null),
      ("started", options.showsSpeed ? .string(run.started) : .null),
      ("command", options.showsSpeed ? .array(run.command.map(JSONValue.string)) : .null),
      (
        "corpus",
        .object([
          ("files", .integer(run.corpus.files.count)), ("bytes", .integer(run.corpus.bytes)),
          ("sha256", .string(run.corpus.sha256)),
        ])
      ),
      ("policy", .string(run.policy)),
      ("environment", environment(run.environment)),
      ("results", .array(comparison.rows(by: options.order).map(result))),
    ])
  }

  private func environment(_ environment: Environment) -> JSONValue {
    .object([
      ("system", .string(environment.system)),
      ("architecture", .string(environment.architecture)),
      ("cpu", .optional(environment.cpu)),
      ("cores", .integer(environment.cores)),
      ("memory_bytes", .integer(environment.memoryBytes)),
    ])
  }

  private func result(_ row: ComparisonRow) -> JSONValue {
    .object(
      figures(of: row) + (row.heldOut.map { [("held_out", $0.json(of: row))] } ?? [])
        + (row.twoPartAccount.map { [("two_part", $0)] } ?? []))
  }

  private func figures(of row: ComparisonRow) -> [(String, JSONValue)] {
    [
      ("method", .string(row.method.name)),
      ("version", .optional(row.method.version)),
      ("kind", .optional(row.kind)),
      ("bytes", .integer(row.bytes)),
      ("coded_bytes", .optional(row.codedBytes)),
      ("framing_bytes", .optional(row.framingBytes)),
      ("bits_per_byte", .optional(row.bitsPerByte)),
      ("bits_per_byte_with_model", .optional(row.chargedBitsPerByte)),
      ("ratio", .optional(row.ratio)),
      ("model_bytes", .integer(row.method.modelBytes)),
      ("decoder_bytes", .optional(row.method.decoderBytes)),
      ("verified", .optional(row.isVerified)),
      ("complete", .bool(row.isComplete)),
      ("error", .optional(row.failures.first?.sentence)),
      ("timing", .optional(shown(row.measuredCount > 0 ? row.timing.rawValue : nil))),
      ("encode_seconds", .optional(shown(row.encoding.seconds))),
      ("decode_seconds", .optional(shown(row.decoding.seconds))),
      ("encode_samples", samples(row.encoding.samples)),
      ("decode_samples", samples(row.decoding.samples)),
      ("memory_bytes", .optional(shown(row.memoryBytes))),
      ("files", .array(row.files.map(file))),
    ]
  }

  private func file(_ file: ComparisonRow.File) -> JSONValue {
    .object(figures(of: file) + (file.cell?.heldOut.map { [("held_out", $0.json)] } ?? []))
  }

  private func figures(of file: ComparisonRow.File) -> [(String, JSONValue)] {
    [
      ("path", .string(file.path)),
      ("bytes", .integer(file.bytes)),
      ("coded_bytes", .optional(file.codedBytes)),
      ("framing_bytes", .optional(file.cell?.framingBytes)),
      ("bits_per_byte", .optional(file.bitsPerByte)),
      ("verified", .optional(file.cell?.verified)),
      ("error", .optional(file.cell?.failure?.sentence)),
      ("encode_samples", samples(file.cell?.encodeSeconds)),
      ("decode_samples", samples(file.cell?.decodeSeconds)),
      ("memory_bytes", .optional(shown(file.cell?.memoryBytes))),
    ]
  }

  /// The value where it may be shown; nil in reports that must not differ from run to run.
  private func shown<T>(_ value: T?) -> T? { options.showsSpeed ? value : nil }

  private func samples(_ seconds: [Double]?) -> JSONValue {
    shown(seconds).map { .array($0.map(JSONValue.number)) } ?? .null
  }
}

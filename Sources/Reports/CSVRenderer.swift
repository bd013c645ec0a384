import BPBCore
import Evidence
import RunRecords

/// Comma-separated values after RFC 4180, named as in JSON.
///
/// One row a method with an empty `path`; with per-file figures, a row for each file follows it. What
/// cannot be known is empty.
public struct CSVRenderer: ReportRenderer {
  private let options: ReportOptions

  /// A renderer; the options are those of every form.
  public init(_ options: ReportOptions) { self.options = options }

  public func render(_ comparison: Comparison) -> String {
    let header = [
      "method", "version", "kind", "policy", "path", "bytes", "coded_bytes", "framing_bytes",
      "bits_per_byte", "bits_per_byte_with_model", "ratio", "model_bytes", "decoder_bytes",
      "verified", "encode_seconds", "decode_seconds", "memory_bytes", "timing", "error",
    ]
    let isHeldOut = comparison.rows.contains { $0.heldOut != nil }
    let rows = comparison.rows(by: options.order).flatMap { row in
      [fields(of: row, in: comparison) + (isHeldOut ? heldOut(row) : [])]
        + (options.perFile
          ? row.files.map {
            fields(of: $0, row, in: comparison) + (isHeldOut ? heldOut($0) : [])
          } : [])
    }
    return Self.text(of: [header + (isHeldOut ? Self.heldOutHeader : [])] + rows)
  }

  /// Columns that only kind `heldout` has.
  private static let heldOutHeader = [
    "perplexity", "interval_low", "interval_high", "top_one", "trained_on", "shared_windows",
  ]

  private func heldOut(_ row: ComparisonRow) -> [String] {
    let figures = row.heldOut
    return [
      row.perplexity, figures?.interval?.low, figures?.interval?.high, figures?.topOne?.fraction,
    ]
    .map { Self.field($0) }
      + [figures.map { "\($0.leaks.contains(where: \.isTrainedOn))" } ?? "", ""]
  }

  private func heldOut(_ file: ComparisonRow.File) -> [String] {
    let part = file.cell?.heldOut
    return [
      Self.field(file.perplexity), "", "", Self.field(part?.topOne?.fraction),
      Self.field(part?.isTrainedOn), Self.field(part?.sharedWindows?.fraction),
    ]
  }

  package static func text(of rows: [[String]]) -> String {
    rows.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
  }

  private func fields(of row: ComparisonRow, in comparison: Comparison) -> [String] {
    identity(of: row, in: comparison) + ["", "\(row.bytes)"]
      + sizes(
        row.codedBytes, row.framingBytes, row.bitsPerByte, row.ratio, of: row,
        charged: row.chargedBitsPerByte)
      + [Self.field(row.isVerified)]
      + costs(row.encoding.seconds, row.decoding.seconds, row.memoryBytes)
      + [timing(row.measuredCount > 0 ? row.timing : nil), Self.safe(row.failures.first?.sentence)]
  }

  private func fields(
    of file: ComparisonRow.File, _ row: ComparisonRow, in comparison: Comparison
  ) -> [String] {
    let cell = file.cell
    return identity(of: row, in: comparison) + [Self.safe(file.path), "\(file.bytes)"]
      + sizes(file.codedBytes, cell?.framingBytes, file.bitsPerByte, file.ratio, of: row)
      + [Self.field(cell?.verified)]
      + costs(
        CodingTime.median(of: cell?.encodeSeconds ?? []),
        CodingTime.median(of: cell?.decodeSeconds ?? []), cell?.memoryBytes)
      + [timing(cell?.timing), Self.safe(cell?.failure?.sentence)]
  }

  private func identity(of row: ComparisonRow, in comparison: Comparison) -> [String] {
    [row.method.name, row.method.version, row.kind, comparison.run.policy]
      .map { Self.safe($0.map(SafeText.printable)) }
  }

  private func sizes(
    _ coded: Int?, _ framing: Int?, _ bitsPerByte: Double?, _ ratio: Double?,
    of row: ComparisonRow, charged: Double? = nil
  ) -> [String] {
    [Self.field(coded), Self.field(framing), Self.field(bitsPerByte), Self.field(charged)]
      + [Self.field(ratio)]
      + ["\(row.method.modelBytes)", Self.field(row.method.decoderBytes)]
  }

  private func costs(_ encode: Double?, _ decode: Double?, _ memory: Int?) -> [String] {
    guard options.showsSpeed else { return ["", "", ""] }
    return [Self.field(encode), Self.field(decode), Self.field(memory)]
  }

  private func timing(_ timing: CellRecord.Timing?) -> String {
    options.showsSpeed ? timing?.rawValue ?? "" : ""
  }

  private static func field(_ value: (some CustomStringConvertible)?) -> String {
    value.map(\.description) ?? ""
  }

  /// Text that a spreadsheet does not take for a formula.
  package static func safe(_ text: String?) -> String {
    guard let text, let first = text.unicodeScalars.first else { return "" }
    return "=+-@\t\r".unicodeScalars.contains(first) ? "'" + text : text
  }

  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return field }
    // Scalar by scalar: a quote with a combining mark on it is a quote to whoever reads this.
    let doubled = field.unicodeScalars.reduce(into: "") { text, scalar in
      if scalar == "\"" { text += "\"" }
      text.unicodeScalars.append(scalar)
    }
    return "\"" + doubled + "\""
  }
}

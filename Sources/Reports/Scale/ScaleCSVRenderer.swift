import RunRecords

/// The points of a scale report as comma-separated values after RFC 4180, one row a point: coded, marginal
/// and held-out losses, and the two parts of a model's code, `model` and `residual`.
public struct ScaleCSVRenderer: Sendable {
  /// A renderer.
  public init() {}

  /// The whole report, its last line ended.
  public func render(_ report: ScaleReport) -> String {
    let header = [
      "method", "version", "kind", "bytes", "windows", "bits_per_byte", "standard_deviation",
    ]
    let rows = report.summary.rows.flatMap { row in
      ScaleCurve.Kind.allCases.flatMap { curve(row.curve($0), of: row) }
        + row.frozen.flatMap { parts(of: $0, row) }
    }
    return CSVRenderer.text(of: [header] + rows)
  }

  private func curve(_ curve: ScaleCurve, of row: ScaleRow) -> [[String]] {
    curve.points.map { point in
      identity(of: row) + [curve.kind.rawValue, "\(point.bytes)", "\(point.values.count)"]
        + ["\(point.mean)", point.deviation.map { "\($0)" } ?? ""]
    }
  }

  private func parts(of frozen: FrozenRecord, _ row: ScaleRow) -> [[String]] {
    [("model", frozen.modelBytes), ("residual", frozen.residualBytes)].compactMap { kind, bytes in
      bytes.map {
        identity(of: row) + [kind, "\(frozen.bytes)", "1"]
          + ["\(8 * Double($0) / Double(frozen.bytes))", ""]
      }
    }
  }

  private func identity(of row: ScaleRow) -> [String] {
    [CSVRenderer.safe(row.label), CSVRenderer.safe(row.method.version)]
  }
}

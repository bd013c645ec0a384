import RunRecords
import ScalingLaws

/// The points of a scale report as comma-separated values after RFC 4180, one row a point: coded, marginal
/// and held-out losses, and the two parts of a model's code, `model` and `residual`. What the laws expect
/// follows as `law:coded` and `law:heldout`, and their E as `floor:…`, which is of no number of bytes.
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
    return CSVRenderer.text(of: [header] + rows + report.fits.flatMap { law($0, in: report) })
  }

  /// A law that may not be extrapolated has no rows.
  private func law(_ fit: ScaleFit, in report: ScaleReport) -> [[String]] {
    guard let row = report.summary.rows.first(where: { $0.label == fit.method }),
      let curve = fit.fit, curve.refusal == nil
    else { return [] }
    let floor =
      identity(of: row) + ["floor:\(fit.kind.rawValue)", "", "", "\(curve.law.irreducible)", ""]
    return [floor]
      + curve.extrapolations.map { expected in
        let bytes = Int(exactly: expected.bytes.rounded()).map { "\($0)" } ?? ""
        return identity(of: row) + ["law:\(fit.kind.rawValue)", bytes, "", "\(expected.loss)", ""]
      }
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

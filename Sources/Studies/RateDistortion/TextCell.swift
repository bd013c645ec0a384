import BPBCore
import LossyCoding

/// A stretch of the test part, coded with losses under a table of the training part: every point a file that was decoded.
struct TextCell: Sendable {
  let stretch: Int
  let bytes: Int

  static let method = "kn:6"
  /// Bytes of a reconstruction that are shown.
  private static let shown = 240

  var cell: StudyCell {
    StudyCell(
      ["arm": "text", "stretch": "\(stretch)", "bytes": "\(bytes)"],
      expectedSeconds: 1 + 1.5e-4 * Double(bytes),
      memoryNeed: 256 << 20
    ) { bench throws(BPBError) in
      let model = try bench.model(StudyMethods.learning(Self.method), learning: bench.text.training)
        .model
      let start = min(stretch * bytes, max(bench.text.test.count - bytes, 0))
      let text = Array(bench.text.test[start...].prefix(bytes))
      let curve = try LossyCodec(model).curve(of: text, pause: bench.pause)
      var result = StudyFigures(
        figures: [
          "bytes": Double(text.count), "residual": Double(model.encode(text.span).count),
        ])
      result.add(curve)
      for (index, point) in curve.points.enumerated() {
        result.texts["point=\(index)"] = SafeText.escape(
          String(decoding: point.reconstruction.prefix(Self.shown), as: UTF8.self))
      }
      return result
    }
  }
}

extension StudyFigures {
  /// The points of `curve` as rows: sizes and errors in the order in which they were asked for, and what lies on the hull.
  mutating func add(_ curve: RateDistortionCurve) {
    series["file_bytes"] = curve.points.map { Double($0.fileBytes) }
    series["errors"] = curve.points.map { Double($0.errors) }
    series["hull_rate"] = curve.hull.map(\.rate)
    series["hull_errors"] = curve.hull.map(\.errorRate)
    figures["rate_at_5"] = curve.rate(atErrorRate: 0.05) ?? .nan
    figures["time_sharing_at_5"] = curve.timeSharingRate(atErrorRate: 0.05) ?? .nan
    figures["lossless"] = curve.points.first?.rate ?? .nan
  }
}

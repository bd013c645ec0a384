import BPBCore
import Corpora
import LossyCoding

/// A text of a source whose entropy is known, coded with losses under a table that learned another text of it, beside what no
/// code can do better than.
struct SourceCell: Sendable {
  let source: String
  let bytes: Int
  let seed: UInt64

  /// Bytes of the source that the table learns from.
  private static let learned = 1_000_000

  var cell: StudyCell {
    StudyCell(
      ["arm": "source", "source": source, "bytes": "\(bytes)", "seed": "\(seed)"],
      expectedSeconds: 1 + 1.5e-4 * Double(bytes), memoryNeed: 256 << 20
    ) { bench throws(BPBError) in
      let known = try KnownSourceTable.builtin.source(named: source)
      let model = try bench.model(
        StudyMethods.learning(TextCell.method),
        learning: known.bytes(count: Self.learned, seed: seed &+ 1000)
      ).model
      let text = known.bytes(count: bytes, seed: seed)
      let curve = try LossyCodec(model).curve(
        of: text, at: OperatingPoint.ladder + OperatingPoint.trees, pause: bench.pause)
      var result = StudyFigures(figures: ["bytes": Double(text.count)])
      result.add(curve)
      let symbols = Set(text).count
      // The string's own length under its source, not the rate: what a lucky string is shorter by is no bound's fault.
      let rate = known.codeLength(of: text).bits / Double(text.count)
      result.figures["source_rate"] = rate
      result.figures["symbols"] = Double(symbols)
      result.series["bound"] = curve.points.map { point in
        max(
          0,
          RateDistortion.shannonLowerBound(
            entropyRate: rate, symbols: symbols, distortion: point.errorRate))
      }
      result.figures["below_bound"] =
        zip(curve.points, result.series["bound"] ?? [])
        .map { point, bound in bound - point.rate }.max() ?? .nan
      return result
    }
  }
}

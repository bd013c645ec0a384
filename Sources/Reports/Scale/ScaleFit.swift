import BPBCore
import Evidence
import RunRecords
public import ScalingLaws

/// A law fitted to one curve of a scale run, or why none is.
public struct ScaleFit: Sendable {
  /// The method's label.
  public let method: String
  public let kind: ScaleCurve.Kind
  public let result: Result<CurveFit, FitRefusal>

  /// The fit, if there is one.
  public var fit: CurveFit? { try? result.get() }

  /// Laws for the coded curve of every method, and for the held-out curve of every model.
  ///
  /// Marginal costs are not fitted: each is of another stretch of text, so that what is hard in the text is
  /// mixed with what is yet unlearned.
  static func all(of summary: ScaleSummary) -> [ScaleFit] {
    summary.rows.flatMap { row in
      [ScaleCurve.Kind.coded, .heldOut].compactMap { kind in
        row.curve(kind).points.isEmpty ? nil : ScaleFit(row, kind, of: summary.plan)
      }
    }
  }

  private init(_ row: ScaleRow, _ kind: ScaleCurve.Kind, of plan: ScaleRecord) {
    method = row.label
    self.kind = kind
    // The plan's seed, so that a report made again says the same.
    var generator = SeededGenerator(seed: plan.seed)
    let curve = row.lossCurve(kind, plan)
    do throws(FitRefusal) {
      result = .success(try CurveFit(curve, using: &generator))
    } catch {
      result = .failure(error)
    }
  }
}

extension ScaleRow {
  /// The curve with what its intervals rest on: windows, and for held-out losses the blocks, which are the
  /// same text at every size.
  func lossCurve(_ kind: ScaleCurve.Kind, _ plan: ScaleRecord) -> LossCurve {
    guard kind == .heldOut else {
      return LossCurve(
        curve(kind).points.map { point in
          let bytes = Double(point.bytes)
          return LossPoint(
            bytes: bytes,
            replicates: point.values.map {
              Replicate(blocks: [BlockCost(bits: $0 * bytes, bytes: bytes)])
            })
        })
    }
    return LossCurve(
      heldOut.points.map { point in
        LossPoint(
          bytes: Double(point.bytes),
          replicates: heldOutReplicates(after: point.bytes).map { $0.joined(toAtMost: 64) })
      }, blocks: .shared)
  }

  /// Bits per byte of the given held-out blocks under the first window's model; nil if there are none.
  func heldOutLoss(after bytes: Int, on blocks: [Int]) -> Double? {
    guard let costs = heldOutReplicateOfStream(after: bytes)?.blocks else { return nil }
    let chosen = blocks.filter(costs.indices.contains).map { costs[$0] }
    return chosen.isEmpty ? nil : [Replicate(blocks: chosen)].bitsPerByte
  }
}

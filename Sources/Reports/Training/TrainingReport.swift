import BPBCore
public import RunRecords

/// Everything that a report on training logs says, whatever its form: all trainings on one corpus.
public struct TrainingReport: Sendable {
  /// The last run that wrote to the logs.
  public let run: RunRecord
  /// In the order of their first lines; at least one.
  public let curves: [TrainingCurve]

  /// The reports on the logs in a records file, in the order of their first runs: one for each corpus.
  public static func all(in records: Records) -> [TrainingReport] {
    var merged: [RunRecord] = []
    for run in records.runs where run.policy == TrainingRecord.policy {
      if let earlier = merged.firstIndex(where: { $0.corpus == run.corpus }) {
        var latest = run
        latest.methods = merged[earlier].methods.adding(run.methods)
        merged[earlier] = latest
      } else {
        merged.append(run)
      }
    }
    return merged.compactMap { run in
      let curves = TrainingCurve.all(
        of: records.training.filter { $0.corpus == run.corpus.sha256 })
      return curves.isEmpty ? nil : TrainingReport(run: run, curves: curves)
    }
  }

  /// What was learned from, in a sentence.
  public var preamble: String {
    let corpus = run.corpus
    return "\(NumberFormat.count(curves.count, "training", "trainings")) on "
      + "\(NumberFormat.count(corpus.files.count, "file", "files")), "
      + "\(NumberFormat.count(corpus.bytes, "byte", "bytes")), corpus sha256 "
      + SafeText.printable(String(corpus.sha256.prefix(12)))
  }

  /// A sentence or two on each training.
  public var verdicts: [String] {
    curves.map { curve in
      "\(curve.label): "
        + (curve.verdict.map(\.sentence)
          ?? "too few held-out losses to say whether it under-fits or over-fits.")
    }
  }

  /// Where each training stands.
  var table: ScaleTable {
    ScaleTable(
      kind: .training, title: "Where each training stands, bits per byte",
      note: nil,
      heads: ["network", "steps", "bytes", "train", "held out", "lowest", "at step", "time"],
      rows: curves.map(Self.row))
  }

  private static func row(of curve: TrainingCurve) -> [String] {
    let last = curve.last
    let heldOut = curve.records.last { $0.heldOutLoss != nil }?.heldOutLoss
    return [
      curve.label, NumberFormat.grouped(last.step), NumberFormat.grouped(last.bytes),
      bits(curve.trainLosses(atMost: 20).last?.loss), bits(heldOut), bits(curve.best?.heldOutLoss),
      curve.best.map { NumberFormat.grouped($0.step) } ?? "–",
      NumberFormat.duration(last.seconds),
    ]
  }

  static func bits(_ loss: Double?) -> String {
    loss.map { NumberFormat.fixed($0, decimals: 4) } ?? "–"
  }
}

extension TrainingVerdict {
  /// The verdict in words, with what could be done about it.
  public var sentence: String {
    switch self {
    case .underFits(let train, let heldOut):
      "under-fits: both losses were still falling when it ended, over the last quarter by "
        + "\(NumberFormat.percent(train)) and, held out, \(NumberFormat.percent(heldOut)); train it "
        + "for longer."
    case .overFits(let step, let lowest, let last):
      "over-fits since step \(NumberFormat.grouped(step)): the held-out loss rose from "
        + "\(TrainingReport.bits(lowest)) to \(TrainingReport.bits(last)) while the training loss went on "
        + "falling; stop there, or use more text, a smaller network or dropout."
    case .settled:
      "settled: the held-out loss neither falls nor rises by "
        + "\(NumberFormat.percent(TrainingVerdict.tolerance)) any more."
    }
  }
}

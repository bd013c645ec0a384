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
        + (curve.verdict?.sentence ?? TrainingVerdict.unknown)
    }
  }

  /// Where each training stands.
  var table: ReportTable {
    ReportTable(
      kind: .training, title: "Where each training stands, bits per byte",
      note: Self.tunePart,
      heads: ["network", "steps", "bytes", "train", "tune", "lowest", "at step", "time"],
      rows: curves.map(Self.row))
  }

  private static func row(of curve: TrainingCurve) -> [String] {
    let last = curve.last
    return [
      curve.shortLabel, NumberFormat.grouped(last.step), NumberFormat.grouped(last.bytes),
      bits(curve.trainLosses(atMost: 20).last?.loss), bits(curve.lastTune),
      bits(curve.best?.tuneLoss),
      curve.best.map { NumberFormat.grouped($0.step) } ?? "–",
      NumberFormat.duration(last.seconds),
    ]
  }

  static func bits(_ loss: Double?) -> String {
    loss.map { NumberFormat.fixed($0, decimals: 4) } ?? "–"
  }
}

extension TrainingReport {
  /// What the tune part is, for those who would take its loss for a test's.
  static let tunePart =
    "tune: of a part that is not learned from but chooses the weights that are kept, at the end and at "
    + "its lowest; only text that is held out tests a network."
}

extension TrainingVerdict {
  /// What is said without a verdict.
  public static let unknown =
    "too few losses of a tune part, or too much chance in them, to say whether it under-fits or over-fits."

  /// The verdict in words, with what could be done about it.
  public var sentence: String {
    switch self {
    case .underFits(let step, let gain):
      "under-fits: at step \(NumberFormat.grouped(step)), the last before the cool-down, both losses were "
        + "still falling; twice the steps would bring \(Self.text(of: gain)) bits per byte."
    case .overFits(let step, let lowest, let last):
      "over-fits since step \(NumberFormat.grouped(step)): the tune part's loss rose from "
        + "\(TrainingReport.bits(lowest)) to \(TrainingReport.bits(last)) while the training loss went on "
        + "falling; more text, a smaller network or dropout would help, more steps would not."
    case .worsens(let step, let lowest, let last):
      "worsens since step \(NumberFormat.grouped(step)): both losses rose, the tune part's from "
        + "\(TrainingReport.bits(lowest)) to \(TrainingReport.bits(last)); try a lower learning rate."
    case .settled(let step, let gain):
      "settled: at step \(NumberFormat.grouped(step)), the last before the cool-down, the tune part's loss "
        + "hardly fell; twice the steps would bring \(Self.text(of: gain)) bits per byte."
    }
  }

  /// Two decimals: a gain is no better known.
  private static func text(of gain: Double) -> String {
    gain < 0.01 ? "less than 0.01" : "about \(NumberFormat.fixed(gain, decimals: 2))"
  }
}

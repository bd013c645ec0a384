import BPBCore
import Reports
public import RunRecords

/// Everything that a report on a study says, whatever its form.
public struct StudyReport: Sendable {
  public let run: RunRecord
  public let results: StudyResults
  public let findings: StudyFindings
  let study: any Study

  /// The report on the study that `run` planned, with whatever `records` hold of it; nil if it planned none that is
  /// known here.
  public init?(_ run: RunRecord, in records: Records) {
    guard let plan = run.study, let study = Studies.named(plan.name) else { return nil }
    self.run = run
    self.study = study
    results = StudyResults(plan, in: records)
    findings = study.findings(of: results)
  }

  /// The reports on all studies in a records file: of each study, corpus and seed the last run's.
  public static func all(in records: Records) -> [StudyReport] {
    var runs: [RunRecord] = []
    for run in records.runs where run.study != nil {
      if let earlier = runs.firstIndex(where: { $0.study!.isOfSameStudy(as: run.study!) }) {
        runs[earlier] = run
      } else {
        runs.append(run)
      }
    }
    return runs.compactMap { StudyReport($0, in: records) }
  }

  /// By which an overview leads to it.
  var anchor: String { Self.anchor(study: results.plan.name, corpus: run.corpus) }

  static func anchor(study: String, corpus: CorpusRecord) -> String {
    "\(study)-\(corpus.sha256.prefix(12))"
  }

  /// What was measured, one sentence each.
  public var preamble: [String] {
    ["\(results.plan.name): \(study.summary)", origin, parts] + overlap + findings.preamble
  }

  private var origin: String {
    let files = NumberFormat.count(run.corpus.files.count, "file", "files")
    let bytes = NumberFormat.count(run.corpus.bytes, "byte", "bytes")
    let hash = SafeText.printable(String(run.corpus.sha256.prefix(12)))
    let preset = SafeText.printable(results.plan.preset)
    return "\(files), \(bytes), corpus sha256 \(hash); preset \(preset), seed \(results.plan.seed)"
  }

  private var parts: String {
    let plan = results.plan
    let training = NumberFormat.grouped(plan.training.bytes)
    let tune = NumberFormat.grouped(plan.tune.bytes)
    let test = NumberFormat.grouped(plan.test.bytes)
    return "learned from: \(training) bytes, tuned on: \(tune), tested on: \(test)"
  }

  private var overlap: [String] {
    guard let overlap = results.plan.overlap, overlap.share > 0.01 else { return [] }
    return [
      "\(NumberFormat.fixed(overlap.share * 100, decimals: 1)) % of the test part's \(overlap.width)-byte stretches "
        + "occur in the training part word for word: what is learned by heart looks like skill here."
    ]
  }

  /// What the figures mean, what is missing, and what is decided.
  public var reading: [String] {
    findings.reading + findings.answers.map(\.sentence) + incomplete
  }

  private var incomplete: [String] {
    let failures = results.failures.map { "Failed: \(SafeText.printable($0))." }
    guard !results.missing.isEmpty else { return failures }
    return failures + [
      "\(results.missing.count) of \(results.plan.cells.count) cells were not measured; with --records the same "
        + "command goes on."
    ]
  }
}

extension StudyRecord {
  fileprivate func isOfSameStudy(as other: StudyRecord) -> Bool {
    name == other.name && stream == other.stream && seed == other.seed
  }
}

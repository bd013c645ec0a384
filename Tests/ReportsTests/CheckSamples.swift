import BPBCore
import Reports
import RunRecords

/// Outcomes of checks with everything that a report has to cope with.
enum CheckSamples {
  static let place = CheckPlace(baseline: "./ci/base,line.csv", inputPrefix: "samples/")

  static let hostile = [
    SafeText.escape("::error::<b>&\"'e\u{301}]]>\u{1B}[31m\r\n%0A,:"),
    SafeText.escape(bytes: [0xFF, 0x0A, 0x5C]), "a\\\\b", "<\u{338}", "./=1+1", "\u{1F600}",
  ]

  /// A file of a run, as it was in the baseline and as it is; nil where it is not.
  struct Case {
    var path: String
    var before: (bytes: Int, coded: Int)?
    var after: (bytes: Int, coded: Int)?
    /// Whether its bytes are those that the baseline was made of.
    var isSame = true
    /// What the run has to say instead of a verified size.
    var failure: String?
  }

  static let mixed: [Case] = [
    Case(path: "held.txt", before: (5000, 1234), after: (5000, 1234)),
    Case(path: "within.txt", before: (100_000, 40_000), after: (100_000, 40_200)),
    Case(path: "grown.txt", before: (5000, 1234), after: (5000, 1300)),
    Case(path: "grown-most.txt", before: (5000, 10), after: (5000, 1_234_567)),
    Case(path: "grown-a-little.txt", before: (9_999_999, 2_000_000), after: (9_999_999, 2_010_001)),
    Case(path: "empty-before.txt", before: (1, 0), after: (1, 1)),
    Case(path: "shrunk.txt", before: (5000, 1234), after: (5000, 1200)),
    Case(path: "changed.txt", before: (5000, 1234), after: (6000, 1500), isSame: false),
    Case(path: "new.txt", after: (5000, 1234)),
    Case(path: "missing.txt", before: (5000, 1234)),
    Case(
      path: "failed.txt", before: (5000, 1234), after: (5000, 1234),
      failure: "exit code 3: \u{1B}[1m"),
  ]

  static let held: [Case] = [
    Case(path: "a.txt", before: (5000, 1234), after: (5000, 1234)),
    Case(path: "b.txt", before: (100_000, 40_000), after: (100_000, 40_200)),
  ]

  static func tolerance(_ texts: String...) throws -> BaselineCheck.Tolerance {
    try BaselineCheck.Tolerance(parsing: texts) { $0 }
  }

  static func outcome(
    _ cases: [Case], check: BaselineCheck, methods: [String] = ["zlib:9"],
    absent: [String] = [], version: String = "1.2.13"
  ) -> BaselineCheck.Outcome {
    let present = cases.filter { $0.after != nil }
    var run = SampleRun.run
    run.corpus.files = present.map {
      .init(path: $0.path, bytes: $0.after!.bytes, sha256: $0.isSame ? "same" : "other")
    }
    run.methods = (methods + absent).map {
      MethodRecord(name: $0, version: version, modelBytes: 0, decoderBytes: nil, framing: nil)
    }
    let cells = run.methods.flatMap { method in
      present.map { sample in
        var cell = SampleRun.cell(method, 0, share: 0)
        (cell.path, cell.bytes) = (sample.path, sample.after!.bytes)
        (cell.sha256, cell.codedBytes) = (sample.isSame ? "same" : "other", sample.after!.coded)
        (cell.verified, cell.error) = (sample.failure == nil, sample.failure)
        return cell
      }
    }
    let rows = methods.flatMap { method in
      cases.compactMap { sample in
        sample.before.map {
          Baseline.Row(
            path: sample.path, method: method, policy: run.policy, bytes: $0.bytes,
            codedBytes: $0.coded, sha256: "same", version: "1.2.13")
        }
      }
    }
    return check.outcome(of: run, cells: cells, against: Baseline(rows))
  }

  /// One outcome of every kind of finding.
  static func everything() throws -> BaselineCheck.Outcome {
    outcome(
      mixed, check: BaselineCheck(tolerance: try tolerance("0.5%", "xz:6=64B")),
      methods: ["zlib:9", "xz:6"], absent: ["ngram:5"], version: "1.3.1")
  }
}

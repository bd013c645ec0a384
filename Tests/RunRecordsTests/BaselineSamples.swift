import RunRecords

/// Runs, cells and baselines for checks.
enum BaselineSamples {
  static func hash(_ digit: Character) -> String { String(repeating: digit, count: 64) }

  /// An input: name, raw bytes, and the digit that its SHA-256 is made of.
  struct Input {
    var path: String
    var bytes = 1000
    var digit: Character = "a"
  }

  static func run(
    _ inputs: [Input], methods: [String] = ["zlib:9"], policy: String = "per-file",
    version: String? = "1.2.13"
  ) -> RunRecord {
    var run = SampleLines.run
    run.corpus = CorpusRecord(
      files: inputs.map { .init(path: $0.path, bytes: $0.bytes, sha256: hash($0.digit)) },
      bytes: inputs.reduce(0) { $0 + $1.bytes }, sha256: hash("c"))
    run.policy = policy
    run.methods = methods.map {
      MethodRecord(name: $0, version: version, modelBytes: 0, decoderBytes: nil, framing: nil)
    }
    return run
  }

  /// The cells of a whole run, each coded to `size` of method and path.
  static func cells(
    of run: RunRecord, size: (_ method: String, _ path: String?) -> Int
  ) -> [CellRecord] {
    let inputs: [(String?, Int, String)] =
      run.policy == "solid"
      ? [(nil, run.corpus.bytes, run.corpus.sha256)]
      : run.corpus.files.map { ($0.path, $0.bytes, $0.sha256) }
    return run.methods.flatMap { method in
      inputs.map { path, bytes, sha256 in
        var cell = SampleLines.cell(
          method: method.name, path: path, coded: size(method.name, path))
        (cell.version, cell.policy) = (method.version, run.policy)
        (cell.bytes, cell.sha256) = (bytes, sha256)
        return cell
      }
    }
  }

  static func row(
    _ path: String?, method: String = "zlib:9", policy: String = "per-file", bytes: Int = 1000,
    coded: Int = 500, digit: Character = "a", version: String? = "1.2.13"
  ) -> Baseline.Row {
    Baseline.Row(
      path: path, method: method, policy: policy, bytes: bytes, codedBytes: coded,
      sha256: hash(digit), version: version)
  }

  /// The outcome of one file that the baseline has as `row` and that is now coded to `coded` bytes.
  static func outcome(
    _ row: Baseline.Row, coded: Int, bytes: Int = 1000, digit: Character = "a",
    check: BaselineCheck = BaselineCheck()
  ) -> BaselineCheck.Outcome {
    let run = run([Input(path: row.path ?? "", bytes: bytes, digit: digit)])
    return check.outcome(
      of: run, cells: cells(of: run) { _, _ in coded }, against: Baseline([row]))
  }
}

import Reports
import RunRecords

/// Records of scale runs, made by hand.
struct ScaleSample {
  var plan = ScaleRecord(
    seed: 1, pointsPerDecade: 4, stream: "stream", bytes: 110_000, trainingBytes: 100_000,
    heldOutBytes: 10_000, heldOut: "held out", blockSize: 4096, segments: [],
    sizes: [1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 100_000, 110_000],
    windows: [.init(start: 0, bytes: 110_000), .init(start: 50_000, bytes: 32_000)],
    overlap: nil, source: nil, selfCheck: [.init(name: "a case", passed: true)])
  var methods: [MethodRecord] = []
  var files = [CorpusRecord.File(path: "corpus.txt", bytes: 110_000, sha256: "sha")]
  var precision = "whole numbers"
  private(set) var lines: [RecordLine] = []

  var run: RunRecord {
    var run = SampleRun.run
    (run.policy, run.scale, run.methods) = ("scale", plan, methods)
    run.corpus = CorpusRecord(files: files, bytes: plan.bytes, sha256: "0123456789abcdef")
    return run
  }

  var records: Records { Records([.run(run)] + lines) }
  var summary: ScaleSummary { ScaleSummary(run: run, in: records)! }

  /// zlib:9 alone, measured in the first window only.
  static func withOneWindow(_ coded: (_ bytes: Int) -> Int) -> ScaleSample {
    var sample = ScaleSample()
    sample.add("zlib:9") { window, bytes in window == 1 ? nil : coded(bytes) }
    return sample
  }

  /// Adds a method that codes so many bytes of each window's prefixes; nil leaves a record out.
  mutating func add(_ name: String, coded: (_ window: Int, _ bytes: Int) -> Int?) {
    if !methods.contains(where: { $0.name == name }) {
      methods.append(
        MethodRecord(name: name, version: "1", modelBytes: 0, decoderBytes: nil, framing: nil))
    }
    for (index, window) in plan.windows.enumerated() {
      for size in plan.sizes where size <= window.bytes {
        guard let bytes = coded(index, size) else { continue }
        lines.append(.prefix(prefix(name, window, size, coded: bytes)))
      }
    }
  }

  /// Adds a frozen model of that method to each window: its bytes after each size, and what a byte of the
  /// held-out part costs it.
  mutating func addModel(
    _ name: String, model: (_ bytes: Int) -> Int?, residual: (_ bytes: Int) -> Int = { $0 / 4 },
    heldOut: (_ window: Int, _ bytes: Int) -> Double = { _, _ in 2 }
  ) {
    for (index, window) in plan.windows.enumerated() {
      for size in plan.sizes where size <= min(window.bytes, plan.trainingBytes) {
        guard let bytes = model(size) else { continue }
        var record = frozen(name, window, size)
        (record.modelBytes, record.residualBytes, record.verified) = (bytes, residual(size), true)
        let cost = heldOut(index, size)
        record.heldOutBits = [4096, 4096, 1808].map { $0 * cost }
        record.topOne = .init(right: size / 2, of: size)
        record.heldOutTopOne = .init(right: 1, of: 4)
        record.continuation = .init(prompts: 10, promptBytes: 32, bytes: 64, right: 25)
        lines.append(.frozen(record))
      }
    }
  }

  /// Adds any record, after those that are there.
  mutating func add(_ line: RecordLine) { lines.append(line) }

  func prefix(
    _ name: String, _ window: ScaleRecord.Window, _ size: Int, coded: Int?, error: String? = nil
  ) -> PrefixRecord {
    PrefixRecord(
      run: SampleRun.run.run, method: name, version: "1", stream: plan.stream, start: window.start,
      bytes: size, capacity: size, codedBytes: coded, verified: coded != nil, seconds: 1,
      error: error)
  }

  func frozen(_ name: String, _ window: ScaleRecord.Window, _ size: Int) -> FrozenRecord {
    FrozenRecord(
      run: SampleRun.run.run, method: name, version: "1", stream: plan.stream, start: window.start,
      bytes: size, capacity: window.bytes, precision: precision, heldOut: plan.heldOut)
  }
}

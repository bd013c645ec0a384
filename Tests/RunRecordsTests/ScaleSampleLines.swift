import RunRecords

/// Records as a scale run would write them.
enum ScaleSampleLines {
  static let plan = ScaleRecord(
    seed: .max, pointsPerDecade: 4, stream: String(repeating: "5", count: 64), bytes: 50_000,
    trainingBytes: 41_000, heldOutBytes: 8500, heldOut: String(repeating: "e", count: 64),
    blockSize: 4096, segments: [.init(file: 0, start: 0, bytes: 50_000)],
    sizes: [1024, 10_240, 41_000, 50_000],
    windows: [.init(start: 0, bytes: 50_000), .init(start: 20_500, bytes: 10_240)],
    overlap: .init(width: 32, windows: 8469, found: 12, cleanBlocks: [0, 2]),
    source: SourceRecord(
      name: "markov:order=2", entropyLow: 1.5, entropyHigh: 1.75,
      prefixBits: [1500, 15_000.25, 60_000, 75_000], heldOutBits: 0.1, parameterBits: [1, 2, 3, 4]),
    selfCheck: [.init(name: "½ log2 n, \"quoted\"", passed: true), .init(name: "b", passed: false)])

  static var run: RunRecord {
    var run = SampleLines.run
    (run.policy, run.scale) = ("scale", plan)
    return run
  }

  static func prefix(bytes: Int = 1024, coded: Int? = 500, capacity: Int? = nil) -> PrefixRecord {
    PrefixRecord(
      run: run.run, method: "zlib:9", version: "1.2.13", stream: plan.stream, start: 0,
      bytes: bytes, capacity: capacity ?? bytes, codedBytes: coded, verified: coded != nil,
      seconds: 0.25, error: coded == nil ? "method 'zlib:9': did not verify" : nil)
  }

  static func frozen(model: Int? = 300, heldOut: String = plan.heldOut) -> FrozenRecord {
    var record = FrozenRecord(
      run: run.run, method: "ngram:2", version: nil, stream: plan.stream, start: 20_500,
      bytes: 1024, capacity: 10_240, precision: "16 bits", heldOut: heldOut)
    (record.modelBytes, record.residualBytes, record.verified) = (model, 400, true)
    record.heldOutBits = [1.0 / 3, 4096, 2.5e-300]
    (record.topOne, record.heldOutTopOne) = (.init(right: 3, of: 1024), .init(right: 0, of: 0))
    record.continuation = .init(prompts: 64, promptBytes: 32, bytes: 64, right: 100)
    return record
  }
}

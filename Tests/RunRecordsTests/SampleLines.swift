import RunRecords

/// Records as a run would write them.
enum SampleLines {
  static let run = RunRecord(
    run: "00112233aabbccdd", started: "2026-01-02T03:04:05Z",
    command: ["bpb", "compare", "./päth \\x0a \"quoted\"/"], bpbVersion: "0.1.0",
    environment: Environment(
      system: "Linux 6.1.0", architecture: "x86_64", cpu: nil, cores: 2, memoryBytes: 1 << 33),
    corpus: CorpusRecord(
      files: [.init(path: "./a", bytes: 1000, sha256: String(repeating: "a", count: 64))],
      bytes: 1000, sha256: String(repeating: "c", count: 64)),
    policy: "per-file",
    methods: [
      MethodRecord(
        name: "zlib:9", version: "1.2.13", modelBytes: 0, decoderBytes: nil, framing: "2 + 4 bytes")
    ])

  static func cell(
    method: String = "zlib:9", path: String? = "./a", coded: Int? = 500, seconds: [Double] = [0.1]
  ) -> CellRecord {
    CellRecord(
      run: run.run, method: method, version: "1.2.13", kind: "coded", policy: "per-file",
      path: path, sha256: String(repeating: "a", count: 64), bytes: 1000, codedBytes: coded,
      framingBytes: 6, blocks: 1, modelBytes: 0, decoderBytes: nil,
      verified: coded.map { _ in true },
      encodeSeconds: seconds, decodeSeconds: [], timing: .approximate, memoryBytes: 268_000,
      error: coded == nil ? "ran out of its limits" : nil)
  }

  /// A cell whose coded bytes hold a model that has seen the file.
  static let twoPartCell: CellRecord = {
    var cell = SampleLines.cell(method: "neural:3k")
    (cell.sentModelBytes, cell.trainedOn) = (77, true)
    return cell
  }()

  /// A run whose method is a network from a file.
  static let networkRun: RunRecord = {
    var run = SampleLines.run
    (run.methods[0].parameters, run.methods[0].modelHash) = (
      2840, String(repeating: "d", count: 64)
    )
    return run
  }()
}

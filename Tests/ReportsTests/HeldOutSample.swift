import Reports
import RunRecords

/// Two models on three files, one of which both learned from, and a stretch of another.
enum HeldOutSample {
  static let good = method("model:good.bpbm", bytes: 1_000)
  static let poor = method("model:poor.bpbm", bytes: 10)

  private static func method(_ name: String, bytes: Int) -> MethodRecord {
    MethodRecord(
      name: name, version: "ngram:3 1, sha256 0123456789abcdef", modelBytes: bytes,
      decoderBytes: nil, framing: "its length as LEB128, 1 to 9 bytes")
  }

  static let run: RunRecord = {
    var run = SampleRun.run
    let sizes = [("seen", 8_192), ("partly", 20_000), ("new", 100_000)]
    run.corpus = CorpusRecord(
      files: sizes.map { .init(path: $0.0, bytes: $0.1, sha256: "sha of \($0.0)") },
      bytes: sizes.reduce(0) { $0 + $1.1 }, sha256: String(repeating: "ab", count: 32))
    run.policy = "held-out"
    run.methods = [poor, good]
    return run
  }()

  /// A file at `rate` bits per byte, one block in two a tenth dearer.
  private static func cell(_ method: MethodRecord, _ index: Int, rate: Double) -> CellRecord {
    let file = run.corpus.files[index]
    let starts = Array(stride(from: 0, to: file.bytes, by: 4096))
    let bits = starts.enumerated().map { index, start in
      rate * Double(min(4096, file.bytes - start)) * (index % 2 == 0 ? 1 : 1.1)
    }
    let all = bits.reduce(0, +)
    return CellRecord(
      run: run.run, method: method.name, version: method.version, kind: "heldout",
      policy: run.policy, path: file.path, sha256: file.sha256, bytes: file.bytes,
      codedBytes: Int(all / 8) + 1, framingBytes: nil, blocks: 1, modelBytes: method.modelBytes,
      decoderBytes: nil, verified: nil, encodeSeconds: [Double(file.bytes) / 10e6],
      decodeSeconds: [], timing: .approximate, memoryBytes: 1 << 20, error: nil,
      heldOut: HeldOutRecord(
        blockSize: 4096, blockBits: bits,
        positions: [
          .init(start: 0, bytes: 64, bits: 500), .init(start: 64, bytes: 192, bits: 1000),
          .init(start: 256, bytes: file.bytes - 256, bits: all - 1500),
        ],
        topOne: .init(right: file.bytes / 2, of: file.bytes), isTrainedOn: index == 0,
        sharedWindows: .init(right: index == 1 ? 7 : 0, of: 100)))
  }

  static let cells = (0..<3).flatMap { [cell(poor, $0, rate: 3), cell(good, $0, rate: 2)] }
  static let comparison = Comparison(run: run, cells: cells)
}

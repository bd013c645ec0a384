import BPBCore
import Reports
import RunRecords

/// Fixed records with everything that a report has to cope with.
enum SampleRun {
  static let files: [(path: String, bytes: Int)] = [
    ("./alice29.txt", 152_089),
    ("./empty", 0),
    (SafeText.escape("=\u{301}cmd|' /C calc'!A0\n\u{1B}[31m<b>`x`</b>, \"\u{301}q\""), 1000),
    (SafeText.escape(bytes: Array("中文文本/".utf8) + [0xFF] + Array("e\u{301}té.txt".utf8)), 65_536),
    ("./" + String(repeating: "deep/", count: 20) + "file.json", 1),
  ]

  /// A cell of `method` on the file at `index`, coded to `share` of its size and `framing` bytes.
  static func cell(
    _ method: MethodRecord, _ index: Int, share: Double, framing: Int = 6, megabytes: Double = 50,
    samples: Int = 1
  ) -> CellRecord {
    let file = run.corpus.files[index]
    let seconds = (0..<samples).map {
      Double(file.bytes + 1) / 1e6 / megabytes * (1 + Double($0) / 50)
    }
    return CellRecord(
      run: run.run, method: method.name, version: method.version, kind: "coded",
      policy: "per-file", path: file.path, sha256: file.sha256, bytes: file.bytes,
      codedBytes: Int(Double(file.bytes) * share) + framing, framingBytes: framing, blocks: 1,
      modelBytes: 0, decoderBytes: nil, verified: true, encodeSeconds: seconds,
      decodeSeconds: seconds.map { $0 / 4 }, timing: samples > 1 ? .alone : .approximate,
      memoryBytes: 268_352, error: nil)
  }

  static let zlib = MethodRecord(
    name: "zlib:9", version: "1.2.13", modelBytes: 0, decoderBytes: 121_280,
    framing: "zlib framing: 2-byte header, Adler-32")
  static let zlibFast = MethodRecord(
    name: "zlib:1", version: "1.2.13", modelBytes: 0, decoderBytes: 121_280,
    framing: "zlib framing: 2-byte header, Adler-32")
  static let store = MethodRecord(
    name: "store", version: nil, modelBytes: 0, decoderBytes: nil, framing: nil)
  static let model = MethodRecord(
    name: "ngram:5:memory=64MiB", version: "1", modelBytes: 0, decoderBytes: nil,
    framing: "length field of 1 to 9 bytes")
  static let xz = MethodRecord(
    name: "xz:9e", version: "5.4.1", modelBytes: 0, decoderBytes: 170_000,
    framing: "xz framing: stream and block headers, index, CRC64")
  static let hostile = MethodRecord(
    name: SafeText.escape("-evil|`<i>@all\u{202E}</i>\u{1B}]0;x\u{7}很长的名字很长的名字"), version: nil,
    modelBytes: 0, decoderBytes: nil, framing: nil)
  static let liar = MethodRecord(
    name: "liar", version: "=1+1", modelBytes: 1_000_000, decoderBytes: nil, framing: nil)

  static let run = RunRecord(
    run: "00112233aabbccdd", started: "2026-01-02T03:04:05Z", command: ["bpb", "compare", "./x"],
    bpbVersion: "0.1.0",
    environment: Environment(
      system: "Linux 6.1.0", architecture: "x86_64", cpu: "A \"CPU\"\u{1B}", cores: 2,
      memoryBytes: 8_589_934_592),
    corpus: CorpusRecord(
      files: files.map { .init(path: $0.path, bytes: $0.bytes, sha256: "sha of \($0.path)") },
      bytes: files.reduce(0) { $0 + $1.bytes },
      sha256: String(repeating: "0123456789abcdef", count: 4)),
    policy: "per-file", methods: [store, zlib, zlibFast, model, xz, hostile, liar])

  static let cells: [CellRecord] = {
    let all = run.corpus.files.indices
    var cells = all.map { cell(store, $0, share: 1, framing: 0, megabytes: 4000) }
    cells += all.map { cell(zlib, $0, share: 0.3555) }
    cells += all.map { cell(zlibFast, $0, share: 0.42, megabytes: 130) }
    cells += all.map { cell(model, $0, share: 0.27, framing: 2, megabytes: 7.5) }
    cells += all.prefix(3).map { cell(xz, $0, share: 0.31, framing: 60, megabytes: 2.04) }
    cells += all.map { index in
      var cell = Self.cell(hostile, index, share: 0.5)
      cell.codedBytes = nil
      cell.verified = nil
      cell.encodeSeconds = []
      cell.error = "exit code 3: \"no, sir\""
      return cell
    }
    cells += all.map { index in
      var cell = Self.cell(liar, index, share: 0.1)
      cell.verified = index == 0 ? false : nil
      cell.decodeSeconds = []
      cell.memoryBytes = nil
      return cell
    }
    return cells
  }()

  static let comparison = Comparison(run: run, cells: cells)

  /// The same corpus with three sound methods timed alone, three times each.
  static let timed: Comparison = {
    var run = Self.run
    run.methods = [zlib, zlibFast, model]
    let cells = run.methods.enumerated().flatMap { position, method in
      run.corpus.files.indices.map {
        cell(method, $0, share: 0.4 - 0.01 * Double(position), megabytes: 30, samples: 3)
      }
    }
    return Comparison(run: run, cells: cells)
  }()

  /// The same corpus as one stream.
  static let solid: Comparison = {
    var run = Self.run
    run.policy = "solid"
    run.methods = [store, zlib]
    var cell = Self.cell(zlib, 0, share: 0.3)
    (cell.policy, cell.path, cell.sha256) = ("solid", nil, run.corpus.sha256)
    (cell.bytes, cell.verified, cell.decodeSeconds) = (run.corpus.bytes, nil, [])
    return Comparison(run: run, cells: [cell])
  }()
}

extension Workbench {
  private static let byteCount = 1 << 30

  /// Peak of resident memory on a large file, beside what the library itself states.
  ///
  /// The report states the larger of encoder and decoder only. No more than that is subtracted, so what
  /// is shown is more than the limit is about, never less.
  func memory(_ report: (Line) -> Void) throws(BenchError) {
    let methods = ["zlib:1", "zstd:3", "bzip2:9", "xz:0", "brotli:5"]
    let names = methods.map { "memory beside \($0)'s own, 1 GiB" }
    let path = scratch.path("large.txt")
    guard Platform.freeBytes(at: scratch.path("")) > 2 * Self.byteCount else {
      for name in names { report(Line(name, skipped: "there are no 2 GiB free for its file")) }
      return
    }
    defer { scratch.remove(path) }
    var text = samples.pseudoText(seed: 3)
    try TextFile.write(&text, byteCount: Self.byteCount, to: path)
    for (method, name) in zip(methods, names) {
      let (usage, json) = try compare(["-m", method, path])
      guard let stated = json.results.first?.memoryBytes else {
        throw BenchError("bpb compare does not state the memory of \(method)")
      }
      let beside = Double(max(usage.peakBytes - stated, 0)) / 0x1p20
      report(Line(name, [beside], Limit(.atMost, 200, .mebibytes)))
    }
  }
}

extension Workbench {
  /// Wall time until the program is there and gone again, and the CPU time that a comparison takes
  /// before and after any coding: what small files cost more than by their peers.
  func startUp(_ report: (Line) -> Void) throws(BenchError) {
    let version = try fifty([bpb, "--version"]).map { $0.wallSeconds * 1e3 }
    report(Line("bpb --version, wall", version, Limit(.atMost, 15, .milliseconds)))
    let compare = [bpb, "compare", "-m", "zlib:9", "--no-decode-check", "samples/one-byte"]
    let fixed = try fifty(compare).map { $0.cpuSeconds * 1e3 }
    report(Line("CPU of zlib:9, file of one byte", fixed, .milliseconds))
  }

  private func fifty(_ command: [String]) throws(BenchError) -> [Usage] {
    var usages: [Usage] = []
    for _ in 0..<50 { usages.append(try commands.run(command)) }
    return usages
  }

  /// Wall time of a comparison over very many very small files.
  func smallFiles(_ report: (Line) -> Void) throws(BenchError) {
    let root = scratch.path("small-files")
    defer { scratch.remove(root) }
    try makeSmallFiles(in: root)
    var seconds: [Double] = []
    for _ in 0..<repetitions {
      seconds.append(try commands.run([bpb, "compare", "-m", "zlib:6", root]).wallSeconds)
    }
    report(Line("20,000 small files, zlib:6, wall", seconds, Limit(.atMost, 10, .seconds)))
  }

  /// 100 directories of 200 files, of 100 to 2,000 bytes each.
  private func makeSmallFiles(in root: String) throws(BenchError) {
    var text = samples.pseudoText(seed: 2)
    for directory in 0..<100 {
      let path = "\(root)/\(directory)"
      try scratch.makeDirectory(path)
      for file in 0..<200 {
        try TextFile.write(&text, byteCount: 100 + file * 1900 / 199, to: "\(path)/\(file).txt")
      }
    }
  }
}

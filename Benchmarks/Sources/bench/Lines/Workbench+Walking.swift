extension Workbench {
  /// Wall time until the program is there and gone again.
  func startUp(_ report: (Line) -> Void) throws(BenchError) {
    var milliseconds: [Double] = []
    for _ in 0..<50 { milliseconds.append(try commands.run([bpb, "--version"]).wallSeconds * 1e3) }
    report(Line("bpb --version, wall", milliseconds, Limit(.atMost, 15, .milliseconds)))
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

extension Workbench {
  /// CPU time beside the xz tool.
  func xz(_ report: (Line) -> Void) throws(BenchError) {
    for input in [inputs.large, inputs.medium] {
      let name = "CPU of xz:9e beside xz, \(input.name)"
      guard commands.has("xz") else {
        report(Line(name, skipped: "there is no xz tool"))
        continue
      }
      report(try beside(["xz", "-9e", "-k", "-c", input.path], "xz:9e", name, input))
    }
  }

  /// CPU time beside a program that only calls zlib.
  func zlib(_ report: (Line) -> Void) throws(BenchError) {
    let input = inputs.large
    let name = "CPU of zlib:9 beside zlib, \(input.name)"
    report(try beside([zlibReference, input.path], "zlib:9", name, input))
  }

  /// CPU time of `method` against `peer`, which writes the coded bytes to its standard output.
  private func beside(
    _ peer: [String], _ method: String, _ name: String, _ input: Input
  ) throws(BenchError) -> Line {
    let ours = ["-m", method, "--no-decode-check", input.path]
    try checkEqualWork(peer, ours)
    let ratios = try ratios(
      [bpb, "compare", "--format", "csv"] + ours, peer, of: \.cpuSeconds)
    return Line(
      name, median: Statistics.median(ratios.pairs), best: ratios.ofBest,
      Limit(.atMost, 1.03, .ratio))
  }

  /// Runs both once, which warms the caches, and holds the sizes that they arrive at against each other.
  private func checkEqualWork(_ peer: [String], _ ours: [String]) throws(BenchError) {
    let output = scratch.path("coded")
    defer { scratch.remove(output) }
    _ = try commands.run(peer, output: output)
    let theirs = Platform.byteCount(of: output)
    let size = try compare(ours).report.results.first?.codedBytes
    guard let theirs, theirs == size else {
      throw BenchError("\(peer[0]) and bpb give different sizes: not the same work")
    }
  }
}

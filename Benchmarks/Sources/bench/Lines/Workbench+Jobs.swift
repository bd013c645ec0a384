extension Workbench {
  /// Wall time of the default comparison with two jobs beside one.
  func jobs(_ report: (Line) -> Void) throws(BenchError) {
    let name = "wall, 2 jobs beside 1, \(inputs.directory.name)"
    guard Platform.cores >= 2 else {
      return report(Line(name, skipped: "there is one core"))
    }
    let compare = [bpb, "compare", inputs.directory.path]
    _ = try commands.run(compare)
    let ratios = try ratios(compare + ["-j", "2"], compare + ["-j", "1"], of: \.wallSeconds)
    report(
      Line(
        name, median: Statistics.median(ratios.pairs), best: ratios.ofBest,
        Limit(.atMost, 0.6, .ratio)))
  }
}

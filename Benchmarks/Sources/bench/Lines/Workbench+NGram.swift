extension Workbench {
  /// Speed of our own models on one core, by their own clock.
  func ngram(_ report: (Line) -> Void) throws(BenchError) {
    let asked = ["ngram:2": 15.0, "ngram:5": 5.0]
    for input in inputs.files {
      let results = try compare(
        ["-m", "ngram:2,ngram:5", "--timing", "--repetitions", "\(repetitions)", input.path]
      ).report.results.sorted { $0.method < $1.method }
      for result in results {
        guard let file = result.files.first, let speed = asked[result.method] else { continue }
        report(
          Line(
            "\(result.method) encoding, \(input.name)",
            file.encodeSamples.map { Double(file.bytes) / $0 / 1e6 },
            Limit(.atLeast, speed, .megabytesPerSecond)))
        report(
          Line(
            "\(result.method) decoding time, \(input.name)",
            zip(file.decodeSamples, file.encodeSamples).map { $0 / $1 },
            Limit(.atMost, 1.3, .ratio)))
      }
    }
  }
}

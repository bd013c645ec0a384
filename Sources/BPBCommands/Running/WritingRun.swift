import BitsPerByte
import Reports

/// A model that is to write, with what it learns from first and what it goes on after.
struct WritingRun {
  let method: Method
  /// Nil for a model that was trained before.
  let corpus: Corpus?
  let prompt: [UInt8]
  let options: WritingOptions

  /// Learns, writes to `output`, and says what was done.
  ///
  /// - Throws: what reading, learning and writing throw; `cancelled`.
  func write(to output: TextOutput) throws(BPBError) {
    let clock = MonotonicClock()
    let start = clock.now()
    let learned = corpus?.byteCount ?? 0
    let writer = try ModelOrMethod.writer(
      of: method, byteCount: learned + prompt.count + options.byteCount)
    if let corpus { try learn(from: corpus, writer) }
    try write(with: writer, to: output)
    for note in writer.notes { Terminal.notice("\(SafeText.escape(method.name)): \(note)") }
    Terminal.notice(summary(seconds: clock.now() - start))
  }

  private func write(with writer: any TextWriter, to output: TextOutput) throws(BPBError) {
    // On a terminal the text itself shows how far it is.
    let progress =
      output.isRead
      ? nil : Progress(cells: 1, work: Double(options.byteCount), activity: "writing")
    defer { progress?.end() }
    try writer.write(options.byteCount, after: prompt.span, drawing: options.sampling) {
      piece throws(BPBError) in
      try output.write(piece)
      progress?.advanced(by: Double(piece.count))
    }
    try output.commit()
  }

  private func learn(from corpus: Corpus, _ writer: any TextWriter) throws(BPBError) {
    let progress = Progress(
      cells: corpus.files.count, work: Double(corpus.byteCount), activity: "learning")
    defer { progress.end() }
    for file in corpus.files {
      try file.read { piece throws(BPBError) in
        if Interrupt.isRequested { throw BPBError(.cancelled, "stopped") }
        writer.learn(piece)
        progress.advanced(by: Double(piece.count))
      }
      progress.finishedCell()
    }
  }

  /// What was done, in a sentence.
  private func summary(seconds: Double) -> String {
    let name = SafeText.escape(method.name)
    let version = method.version.map { " (\($0))" } ?? ""
    let subject = corpus.map { "\(name) learned from \(count($0.byteCount)) and" } ?? name + version
    let prompted = prompt.isEmpty ? "" : " after a prompt of \(count(prompt.count))"
    return "\(subject) wrote \(count(options.byteCount))\(prompted) in "
      + "\(NumberFormat.duration(seconds)), \(options.samplingText)"
  }

  private func count(_ bytes: Int) -> String {
    "\(NumberFormat.grouped(bytes)) \(bytes == 1 ? "byte" : "bytes")"
  }
}

import BitsPerByte
import Reports

/// A model that is to write, with what it learns from first and what it goes on after.
struct WritingRun {
  let method: Method
  /// Nil for a model that was trained before.
  let corpus: Corpus?
  let prompt: [UInt8]
  let options: WritingOptions

  /// Learns, and writes to `output`.
  ///
  /// - Throws: what reading, learning and writing throw; `cancelled`.
  func write(to output: TextOutput) throws(BPBError) {
    let learned = corpus?.byteCount ?? 0
    let writer = try ModelOrMethod.writer(
      of: method, byteCount: learned + prompt.count + options.byteCount)
    if let corpus { try learn(from: corpus, writer) }
    try writer.write(options.byteCount, after: prompt.span, drawing: options.sampling) {
      piece throws(BPBError) in try output.write(piece)
    }
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
  func summary(seconds: Double) -> String {
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

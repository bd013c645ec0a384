import BPBCore

/// A named method under all the accounts that it has: what its files take, what it pays for each byte before it learns from
/// it, what its frozen model takes along with the residual, and what that model pays for text it has not seen.
///
/// A codec that replaces stretches has the first account alone; a model that learns while it codes has no parameters to send;
/// one that is frozen has no prequential account.
struct MethodAccounts {
  let method: Method
  /// Not empty.
  let text: [UInt8]
  /// What the method has not learned from.
  let unseen: [UInt8]
  /// Whether chunks are measured too.
  let inChunks: Bool
  let bench: StudyBench

  func measure() throws(BPBError) -> StudyFigures {
    var result = StudyFigures()
    result.figures["decoder"] = method.decoderBytes.map(Double.init)
    if !(method.codec is TwoPartCodec) { try addCoded(to: &result) }
    guard let learning = method.learning else { return result }
    let (described, _) = try bench.model(learning, learning: text)
    let file = try TwoPartFile(of: text, model: described) { bytes throws(BPBError) in
      try learning.restore(bytes)
    }
    result.add(file, of: text, unseen: unseen)
    if inChunks && result.figures["chunked"] == nil {
      result.figures["chunked"] = perByte(
        try ChunkedLength(of: text, under: file, pause: bench.pause))
    }
    return result
  }

  private func addCoded(to result: inout StudyFigures) throws(BPBError) {
    let file = try CodedFile(of: text, by: method.codec)
    let total = Double(8 * file.bytes.count)
    result.figures["coded"] = total / Double(text.count)
    if let scoring = method.codec as? any ByteScoring {
      let bits = try scoring.byteLengths(of: text.span, pause: bench.pause).bits
      let ideal = bits.reduce(0, +)
      result.figures["prequential"] = ideal / Double(text.count)
      result.figures["excess"] = total - Double(8 * file.framingBytes) - ideal
      result.series["coded"] = LadderBlocks(bytes: text.count).shares(of: bits, total: total)
    } else {
      result.series["coded"] = try growth()
    }
    if inChunks {
      result.figures["chunked"] = perByte(
        try ChunkedLength(of: text, by: method.codec, pause: bench.pause))
    }
  }

  /// Bits by which the file grows with each block of the text: the only share that a codec without probabilities has of it.
  private func growth() throws(BPBError) -> [Double] {
    var (growth, last) = ([Double](), 0)
    for range in LadderBlocks(bytes: text.count).ranges {
      try bench.pause()
      let size = try method.codec.encode(text.span.extracting(0..<range.upperBound)).count
      growth.append(Double(8 * (size - last)))
      last = size
    }
    return growth
  }

  private func perByte(_ length: ChunkedLength) -> Double {
    Double(8 * length.byteCount) / Double(text.count)
  }
}

extension StudyFigures {
  /// The accounts of a two-part file: bits per byte with its model, in total and by blocks, and of what its model has
  /// not seen without it.
  mutating func add(_ file: TwoPartFile, of text: [UInt8], unseen: [UInt8]) {
    let bytes = Double(text.count)
    let total = Double(8 * file.byteCount)
    let shares = LadderBlocks(bytes: text.count).shares(of: file.bits, total: total)
    let ideal = file.bits.reduce(0, +)
    figures["two-part"] = total / bytes
    figures["model"] = Double(file.modelBytes)
    figures["residual"] = ideal / bytes
    let excess = total - Double(8 * (file.modelBytes + file.framingBytes)) - ideal
    // A method that also learns while it codes has files of its own.
    if figures["coded"] == nil {
      figures["coded"] = total / bytes
      series["coded"] = shares
    }
    figures["excess"] = max(figures["excess"] ?? excess, excess)
    series["two-part"] = shares
    guard !unseen.isEmpty else { return }
    figures["held-out"] =
      file.model.score(unseen.span, blockSize: unseen.count)[0] / Double(unseen.count)
  }
}

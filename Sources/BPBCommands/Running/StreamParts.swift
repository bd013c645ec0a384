import BitsPerByte

/// A corpus as one stream, its training part first and its held-out part last, and what records say of it.
struct StreamParts {
  let stream: [UInt8]
  let sha256: String
  let trainingBytes: Int
  /// Where the held-out part lies in the stream; empty at its end if there is none.
  let heldOut: Range<Int>
  let heldOutSHA256: String
  let segments: [ScaleRecord.Segment]
  let overlap: ScaleRecord.Overlap?

  /// Files, by the seed's arrangement.
  init(_ corpus: Corpus, seed: UInt64, blockSize: Int) throws(BPBError) {
    let arrangement = try CorpusArrangement(of: corpus, seed: seed)
    stream = arrangement.stream
    sha256 = arrangement.sha256
    trainingBytes = arrangement.training.count
    heldOut = arrangement.heldOut ?? stream.count..<stream.count
    heldOutSHA256 = arrangement.heldOutSHA256 ?? ""
    segments = arrangement.segments.map {
      ScaleRecord.Segment(file: $0.fileIndex, start: $0.range.lowerBound, bytes: $0.range.count)
    }
    overlap = arrangement.overlap(blockSize: blockSize).map(ScaleRecord.Overlap.init)
  }

  /// Bytes of a known source, in their order: the last tenth of them is held out, as every stretch of a
  /// stationary source is like any other.
  init(drawn corpus: Corpus) throws(BPBError) {
    var stream: [UInt8] = []
    for file in corpus.files {
      try file.read { piece throws(BPBError) in stream.append(piece) }
    }
    let count = Int(Double(stream.count) * CorpusArrangement.usualShare)
    self.stream = stream
    sha256 = corpus.sha256
    heldOut = stream.count - count..<stream.count
    trainingBytes = stream.count - count
    heldOutSHA256 = CorpusFile(name: "", bytes: Array(stream[heldOut])).sha256
    segments = [ScaleRecord.Segment(file: 0, start: 0, bytes: stream.count)]
    overlap = nil
  }

  /// What `source` says of the stream's bytes.
  func record(of source: any KnownSource, sizes: [Int]) -> SourceRecord {
    var meter = source.makeMeter()
    var position = 0
    func bits(upTo end: Int) -> Double {
      meter.add(stream.span.extracting(position..<end))
      position = end
      return meter.bits
    }
    let chain = (source as? NamedMarkovSource)?.chain
    var prefixBits: [Double] = []
    for size in sizes where size <= heldOut.lowerBound { prefixBits.append(bits(upTo: size)) }
    let before = bits(upTo: heldOut.lowerBound)
    let all = bits(upTo: stream.count)
    prefixBits += sizes.dropFirst(prefixBits.count).map { _ in all }
    return SourceRecord(
      name: source.name, entropyLow: source.entropyRate.lower,
      entropyHigh: source.entropyRate.upper, prefixBits: prefixBits,
      heldOutBits: heldOut.isEmpty ? nil : all - before,
      parameterBits: chain.flatMap { chain in
        try? sizes.map { try chain.redundancyReference(of: Array(stream.prefix($0))) }
      })
  }
}

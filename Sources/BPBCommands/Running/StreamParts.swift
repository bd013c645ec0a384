import BitsPerByte

/// A corpus as one stream, its training part first and its held-out part last.
struct StreamParts {
  let stream: [UInt8]
  let sha256: String
  let trainingBytes: Int
  /// Where the held-out part lies in the stream; empty at its end if there is none.
  let heldOut: Range<Int>
  let heldOutSHA256: String
  let segments: [ScaleRecord.Segment]
  let overlap: ScaleRecord.Overlap?

  init(_ corpus: Corpus, source: (any KnownSource)?, seed: UInt64) throws(BPBError) {
    var stream: [UInt8] = []
    for file in corpus.files {
      try file.read { piece throws(BPBError) in stream.append(piece) }
    }
    let count = stream.count >= 40960 ? min(stream.count / 10, 2 << 20) : 0
    self.stream = stream
    sha256 = corpus.sha256
    heldOut = stream.count - count..<stream.count
    trainingBytes = stream.count - count
    heldOutSHA256 = corpus.sha256
    segments = []
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

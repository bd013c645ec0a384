import BitsPerByte

extension ScaleOptions {
  /// What is measured of `corpus`.
  func plan(of corpus: Corpus, methods: [Method]) throws(BPBError) -> ScalePlan {
    var stream: [UInt8] = []
    for file in corpus.files {
      try file.read { piece throws(BPBError) in stream.append(piece) }
    }
    let heldOut = min(stream.count / 10, 2 << 20)
    let training = stream.count - heldOut
    let sizes = ScaleSizes.sizes(
      trainingBytes: training, bytes: stream.count, pointsPerDecade: pointsPerDecade)
    let record = ScaleRecord(
      seed: seed, pointsPerDecade: pointsPerDecade, stream: corpus.sha256, bytes: stream.count,
      trainingBytes: training, heldOutBytes: heldOut, heldOut: corpus.sha256, blockSize: 4096,
      segments: [],
      sizes: sizes,
      windows: ScaleWindows.windows(
        count: windows, sizes: sizes, trainingBytes: training, bytes: stream.count, seed: seed),
      overlap: nil, source: nil, selfCheck: [])
    return ScalePlan(stream: stream, record: record, methods: methods)
  }
}

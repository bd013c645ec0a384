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
    let small =
      ScaleSizes.sizes(
        trainingBytes: training / 16, bytes: training / 16, pointsPerDecade: pointsPerDecade
      ).last ?? 0
    let record = ScaleRecord(
      seed: seed, pointsPerDecade: pointsPerDecade, stream: corpus.sha256, bytes: stream.count,
      trainingBytes: training, heldOutBytes: heldOut, heldOut: corpus.sha256, blockSize: 4096,
      segments: [],
      sizes: ScaleSizes.sizes(
        trainingBytes: training, bytes: stream.count, pointsPerDecade: pointsPerDecade),
      windows: [.init(start: 0, bytes: stream.count)]
        + (1..<windows).map { .init(start: $0 * training / windows, bytes: small) },
      overlap: nil, source: nil, selfCheck: [])
    return ScalePlan(stream: stream, record: record, methods: methods)
  }
}

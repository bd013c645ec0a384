import BitsPerByte

extension ScaleOptions {
  /// Bytes of a block of the held-out part.
  static let blockSize = 4096

  /// What is measured of `corpus`.
  ///
  /// - Parameters:
  ///   - source: that the corpus was drawn from, if any: then its end is held out, as every stretch of it
  ///     is like any other, and what it says of its bytes is asked of them in their order.
  ///   - selfCheck: what is checked before anything is measured, once the corpus is known to be of use.
  /// - Throws: `noInput` for a corpus with no two sizes to compare.
  func plan(
    of corpus: Corpus, methods: [Method], source: (any KnownSource)?,
    selfCheck: @autoclosure () -> [SelfCheckRow]
  ) throws(BPBError) -> ScalePlan {
    guard corpus.byteCount >= 2 * ScaleSizes.least else {
      throw BPBError(
        .noInput,
        "the corpus has \(corpus.byteCount) byte\(corpus.byteCount == 1 ? "" : "s"), too few to see anything change with size",
        advice: "\(2 * ScaleSizes.least) bytes make two sizes, a megabyte a curve")
    }
    let arranged =
      source == nil
      ? try StreamParts(corpus, seed: seed, blockSize: Self.blockSize)
      : try StreamParts(drawn: corpus)
    let sizes = ScaleSizes.sizes(
      trainingBytes: arranged.trainingBytes, bytes: arranged.stream.count,
      pointsPerDecade: pointsPerDecade)
    let record = ScaleRecord(
      seed: seed, pointsPerDecade: pointsPerDecade, stream: arranged.sha256,
      bytes: arranged.stream.count, trainingBytes: arranged.trainingBytes,
      heldOutBytes: arranged.heldOut.count, heldOut: arranged.heldOutSHA256,
      blockSize: Self.blockSize, segments: arranged.segments, sizes: sizes,
      windows: ScaleWindows.windows(
        count: windows, sizes: sizes, trainingBytes: arranged.trainingBytes,
        bytes: arranged.stream.count, seed: seed),
      overlap: arranged.overlap, source: source.map { arranged.record(of: $0, sizes: sizes) },
      selfCheck: selfCheck().map { SelfCheckRecord(name: $0.name, passed: $0.passed) })
    let plan = ScalePlan(stream: arranged.stream, record: record, methods: methods)
    // All of the time, however much of it has passed: a resumed run has to have the same plan.
    return maxTime.map { plan.fitting(seconds: Double($0) * Double(running.jobCount)) } ?? plan
  }
}

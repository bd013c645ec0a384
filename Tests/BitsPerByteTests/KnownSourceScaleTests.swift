import BitsPerByte
import Testing
import _TestSupport

/// Scale runs on a source whose entropy is known: there is a right answer to each figure.
@Suite struct KnownSourceScaleTests {
  private static let byteCount = 300_000

  /// Coded sizes of the source's first bytes under both models that can represent it, and under zlib.
  private func prefixes(
    of source: any KnownSource, methods: [String], byteCount: Int
  ) throws -> (records: [PrefixRecord], truth: [Int: Double]) {
    let stream = source.bytes(count: byteCount, seed: 1)
    let sizes = ScaleSizes.sizes(trainingBytes: byteCount, bytes: byteCount, pointsPerDecade: 4)
    let plan = ScalePlan(
      stream: stream,
      record: ScaleRecord(
        seed: 1, pointsPerDecade: 4, stream: "", bytes: byteCount, trainingBytes: byteCount,
        heldOutBytes: 0, heldOut: "", blockSize: 4096, segments: [], sizes: sizes,
        windows: [.init(start: 0, bytes: byteCount)], overlap: nil, source: nil, selfCheck: []),
      methods: try methods.map { try MethodTable.builtin.method(named: $0) })
    let meter = ScaleMeter(run: "", plan: plan, clock: MonotonicClock())
    var records: [PrefixRecord] = []
    for job in plan.jobs {
      try meter.measure(job) { line in
        if case .prefix(let record) = line { records.append(record) }
      }
    }
    var truth: [Int: Double] = [:]
    var scorer = source.makeMeter()
    var position = 0
    for size in sizes {
      scorer.add(stream.span.extracting(position..<size))
      position = size
      truth[size] = scorer.bits
    }
    return (records, truth)
  }

  /// Nobody beats the source by k bits but with probability 2^-k (A. R. Barron, 1985).
  @Test func noCodeIsShorterThanTheSourcesAndFloorsAreItsEntropy() throws {
    let source = try KnownSourceTable.builtin.source(named: "markov:entropy=1.5")
    let (records, truth) = try prefixes(
      of: source, methods: ["ngram:2", "ngram:3", "zlib:9"], byteCount: Self.byteCount)
    #expect(records.count == 3 * truth.count && records.allSatisfy { $0.verified == true })
    for record in records {
      let excess = 8 * Double(try #require(record.codedBytes)) - (truth[record.bytes] ?? .infinity)
      #expect(excess >= -64, "\(record.method) after \(record.bytes)")
    }
    for method in ["ngram:2", "ngram:3"] {
      let points = records.filter { $0.method == method }.map {
        LossPoint(
          bytes: Double($0.bytes), loss: 8 * Double($0.codedBytes ?? 0) / Double($0.bytes))
      }
      var generator = SeededGenerator(seed: 1)
      let law = try CurveFit(LossCurve(points), draws: 20, using: &generator).law
      let miss = min(
        abs(law.irreducible - source.entropyRate.lower),
        abs(law.irreducible - source.entropyRate.upper))
      #expect(miss < 0.02, "\(method): E = \(law.irreducible)")
    }
  }
}

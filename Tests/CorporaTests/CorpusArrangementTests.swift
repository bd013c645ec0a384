import BPBCore
import Corpora
import Testing

struct CorpusArrangementTests {
  /// Files of random bytes: any stretch of them tells where it is from.
  private static func corpus(_ sizes: [Int]) -> Corpus {
    Corpus(
      files: sizes.enumerated().map { index, size in
        var generator = SeededGenerator(seed: UInt64(index) + 100)
        return CorpusFile(name: "\(index)", bytes: generator.bytes(count: size))
      })
  }

  private static func bytes(_ corpus: Corpus, _ index: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try corpus.files[index].read { bytes.append($0) }
    return bytes
  }

  static let shapes: [[Int]] = [
    [], [0], [1], [40_959], [40_960], [100_000], [30_000, 0, 70_000], [5, 50_000, 6, 7, 900],
    [Int](repeating: 3000, count: 19), [Int](repeating: 3000, count: 20),
    [Int](repeating: 100, count: 60), (0..<40).map { $0 * 331 },
    [90_000] + [Int](repeating: 9, count: 30),
    [3_000_000], [Int](repeating: 1_000_000, count: 25),
  ]

  /// Whatever the shape, every byte stands in the stream once, where the segments say.
  @Test(arguments: shapes) func theStreamIsAPermutation(sizes: [Int]) throws {
    let corpus = Self.corpus(sizes.map { min($0, 50_000) })
    let arrangement = try CorpusArrangement(of: corpus, seed: 7)
    var next = 0
    for segment in arrangement.segments {
      #expect(segment.start == next && !segment.range.isEmpty)
      next = segment.streamRange.upperBound
      let file = try Self.bytes(corpus, segment.fileIndex)
      let isSame = file[segment.range].elementsEqual(arrangement.stream[segment.streamRange])
      #expect(isSame)
    }
    for (index, file) in corpus.files.enumerated() {
      // The pieces of a file, in its order, join without gap or overlap.
      let own = arrangement.segments.filter { $0.fileIndex == index }.map(\.range)
        .sorted { $0.lowerBound < $1.lowerBound }
      #expect([0] + own.map(\.upperBound) == own.map(\.lowerBound) + [file.byteCount])
    }
    #expect(next == corpus.byteCount && arrangement.stream.count == next)
    #expect(arrangement.training.lowerBound == 0)
    #expect(arrangement.training.upperBound == arrangement.guards.lowerBound)
    #expect(arrangement.guards.upperBound == arrangement.heldOut?.lowerBound ?? next)
    #expect(arrangement.heldOut?.upperBound ?? next == next)
    #expect((arrangement.heldOut == nil) == (corpus.byteCount < 40_960))
    #expect((arrangement.remark == nil) == (arrangement.heldOut != nil))
    #expect(arrangement.sha256 == CorpusFile(name: "", bytes: arrangement.stream).sha256)
    if let heldOut = arrangement.heldOut {
      let part = CorpusFile(name: "", bytes: Array(arrangement.stream[heldOut]))
      #expect(arrangement.heldOutSHA256 == part.sha256)
    }
  }

  @Test(arguments: shapes, [0.01, 0.1, 0.5]) func theShareIsKept(sizes: [Int], share: Double) throws
  {
    for seed in UInt64(1)...5 {
      let plan = try ArrangementPlan(sizes: sizes, seed: seed, share: share)
      let total = sizes.reduce(0, +)
      guard let unit = plan.unit else {
        #expect(total < 40_960)
        continue
      }
      let wanted = min(max(Double(total) * share, 4096), 2_097_152)
      let count = Double(plan.range(of: .heldOut).count)
      #expect(count >= 4096 && count <= 2_097_152 && plan.range(of: .training).count >= total / 10)
      switch unit {
      case .documents: #expect(count >= wanted / 2 && count <= wanted * 1.5 + 1)
      case .blocks: #expect(count == wanted.rounded(.down))
      }
    }
  }

  @Test func documentsStayWhole() throws {
    let plan = try ArrangementPlan(
      sizes: [Int](repeating: 3000, count: 50), seed: 3, share: 0.1)
    #expect(plan.unit == .documents && plan.segments.count == 50)
    #expect(plan.range(of: .heldOut) == 135_000..<150_000 && plan.range(of: .guardGap).isEmpty)
    let order = plan.segments.map(\.fileIndex)
    #expect(order != order.sorted() && order.sorted() == Array(0..<50))
    let other = try ArrangementPlan(sizes: [Int](repeating: 3000, count: 50), seed: 4, share: 0.1)
    #expect(other.segments != plan.segments)
  }

  @Test func aDocumentThatIsTooLargeIsPassedOver() throws {
    let sizes = [40_000] + [Int](repeating: 2000, count: 40)
    for seed in UInt64(0)..<40 {
      let plan = try ArrangementPlan(sizes: sizes, seed: seed, share: 0.1)
      let own = plan.segments.first { $0.fileIndex == 0 }
      #expect(plan.unit == .documents && own?.part == .training)
    }
  }

  @Test func blocksHaveGuardsAndTheirEighths() throws {
    let sizes = [30_000, 0, 70_000, 20]
    for seed in UInt64(0)..<20 {
      let plan = try ArrangementPlan(sizes: sizes, seed: seed, share: 0.1)
      #expect(plan.unit == .blocks)
      // The corpus as one: which part each byte belongs to.
      let starts = [0, 30_000, 30_000, 100_000]
      var parts = [CorpusArrangement.Part?](repeating: nil, count: 100_020)
      for segment in plan.segments {
        for index in segment.range { parts[starts[segment.fileIndex] + index] = segment.part }
      }
      let letters = String(
        parts.map { $0 == .training ? "t" : $0 == .heldOut ? "h" : $0 == nil ? "?" : "g" })
      let runs = letters.split { $0 != "h" }.map(\.count)
      #expect(runs.count == 8 && runs.reduce(0, +) == 10_002 && runs.allSatisfy { $0 >= 1250 })
      let between = letters.split { $0 != "g" }.map(\.count)
      #expect(between.count >= 15 && between.reduce(0, +) == 16 * 1024)
      #expect(!letters.contains("th") && !letters.contains("ht") && !letters.contains("?"))
      for eighth in 0..<8 {
        let range = 100_020 * eighth / 8..<100_020 * (eighth + 1) / 8
        #expect(parts[range].contains(.heldOut))
      }
      let training = plan.segments.filter { $0.part == .training }
      #expect(training.map(\.fileIndex) == training.map(\.fileIndex).sorted())
    }
  }

  @Test func largeCorporaHaveMoreBlocks() throws {
    let plan = try ArrangementPlan(sizes: [100_000_000], seed: 1, share: 0.1)
    let blocks = plan.segments.filter { $0.part == .heldOut }
    #expect(blocks.count == 64 && blocks.allSatisfy { $0.range.count == 32_768 })
  }

  /// A change means other splits under old seeds.
  @Test func splitsAreTheSameForEver() throws {
    let documents = try CorpusArrangement(
      of: Self.corpus((0..<40).map { $0 * 331 }), seed: 7)
    let blocks = try CorpusArrangement(of: Self.corpus([30_000, 0, 70_000]), seed: 7)
    #expect(documents.unit == .documents && blocks.unit == .blocks)
    #expect(documents.sha256 == "9674e90035e4ee9968e877e929c65e7cfc442b3315953598030b9ddac968d665")
    #expect(blocks.sha256 == "deddc421939d204001ead06571313e1aa6913de26cd3a801778bcebf535e2a4d")
  }

  @Test func whatMakesNoSenseIsSaid() throws {
    for share in [0, -1, 0.51, .nan] {
      let error = #expect(throws: BPBError.self) {
        try ArrangementPlan(sizes: [100_000], seed: 1, share: share)
      }
      #expect(error?.code == .usage)
    }
    _ = try ArrangementPlan(sizes: [1 << 29, 1 << 29], seed: 1, share: 0.1)
    let error = #expect(throws: BPBError.self) {
      try ArrangementPlan(sizes: [1 << 29, 1 << 29, 1], seed: 1, share: 0.1)
    }
    #expect(error?.description.contains("at most 1 GiB") == true)
  }
}

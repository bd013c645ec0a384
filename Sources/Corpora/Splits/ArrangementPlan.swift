package import BPBCore

/// Which bytes of which file go where, from the sizes of the files alone.
package struct ArrangementPlan {
  package typealias Part = CorpusArrangement.Part
  package typealias Segment = CorpusArrangement.Segment

  private static let fewestDocuments = 20
  private static let smallestCorpus = 40 << 10
  private static let leastHeldOut = 4 << 10
  private static let mostHeldOut = 2 << 20
  private static let guardLength = 1 << 10
  /// Blocks are not made much larger than this; there are more of them instead.
  private static let usualBlock = 32 << 10

  /// In the order of the stream.
  package private(set) var segments: [Segment] = []
  package private(set) var unit: CorpusArrangement.Unit?
  private let sizes: [Int]
  private let byteCount: Int
  /// Bytes of the stream that are laid out.
  private var end = 0

  /// Plans for files of `sizes` bytes.
  ///
  /// - Throws: as `CorpusArrangement.init`.
  package init(sizes: [Int], seed: UInt64, share: Double) throws(BPBError) {
    self.sizes = sizes
    byteCount = sizes.reduce(0, +)
    try check(share)
    var generator = SeededGenerator(seed: seed, for: .splits)
    var documents = sizes.indices.filter { sizes[$0] > 0 }
    let areDocuments = documents.count >= Self.fewestDocuments
    if areDocuments { generator.shuffle(&documents) }
    let wanted = min(max(Int(Double(byteCount) * share), Self.leastHeldOut), Self.mostHeldOut)
    if byteCount < Self.smallestCorpus {
      layOut(documents, as: .training)
    } else if areDocuments, let chosen = choose(from: documents, wanted: wanted) {
      unit = .documents
      layOut(documents.filter { !chosen.contains($0) }, as: .training)
      layOut(chosen, as: .heldOut)
    } else {
      unit = .blocks
      layOutBlocks(wanted: wanted, &generator)
    }
  }

  private func check(_ share: Double) throws(BPBError) {
    guard share > 0, share <= 0.5 else {
      throw BPBError(
        .usage, "a held-out share of \(share) makes no sense",
        advice: "take one above 0 and up to 0.5, as 0.1")
    }
    guard byteCount <= CorpusArrangement.mostBytes else {
      throw BPBError(
        .usage, "the corpus has \(byteCount) bytes, and an experiment holds it in memory",
        advice: "name files of at most 1 GiB together")
    }
  }

  /// The stream's bytes that are for `part`.
  package func range(of part: Part) -> Range<Int> {
    let own = segments.filter { $0.part == part }
    // An empty part stands behind the training part.
    let start =
      own.first?.start ?? segments.last { $0.part == .training }?.streamRange.upperBound ?? 0
    return start..<start + own.reduce(0) { $0 + $1.range.count }
  }

  /// Documents to hold out, from the end of `documents`; nil if they would be too little.
  private func choose(from documents: [Int], wanted: Int) -> [Int]? {
    let most = min(wanted + wanted / 2, Self.mostHeldOut)
    var chosen: [Int] = []
    var count = 0
    for document in documents.reversed() where count < wanted && count + sizes[document] <= most {
      chosen.append(document)
      count += sizes[document]
    }
    return count >= max(wanted / 2, Self.leastHeldOut) ? chosen.reversed() : nil
  }

  private mutating func layOut(_ documents: [Int], as part: Part) {
    for document in documents { append(0..<sizes[document], of: document, as: part) }
  }

  private mutating func append(_ range: Range<Int>, of file: Int, as part: Part) {
    guard !range.isEmpty else { return }
    segments.append(Segment(fileIndex: file, range: range, part: part, start: end))
    end += range.count
  }

  private mutating func layOutBlocks(wanted: Int, _ generator: inout SeededGenerator) {
    let blocks = placeBlocks(wanted: wanted, &generator)
    var kept: [Range<Int>] = []
    var guards: [Range<Int>] = []
    var last = 0
    for block in blocks {
      let guarded = block.lowerBound - Self.guardLength..<block.upperBound + Self.guardLength
      kept.append(last..<guarded.lowerBound)
      guards.append(guarded.lowerBound..<block.lowerBound)
      guards.append(block.upperBound..<guarded.upperBound)
      last = guarded.upperBound
    }
    layOut(kept + [last..<byteCount], as: .training)
    layOut(guards, as: .guardGap)
    layOut(blocks, as: .heldOut)
  }

  /// Blocks of `wanted` bytes together, one in each of as many equal parts of the corpus, with room for
  /// a guard at either side.
  ///
  /// There always is: a share of at most a half leaves as much as the block, and from 40 KiB on an
  /// eighth has 5 KiB.
  private func placeBlocks(wanted: Int, _ generator: inout SeededGenerator) -> [Range<Int>] {
    let count = max(8, wanted / Self.usualBlock)
    return (0..<count).map { index in
      let stratum = byteCount * index / count..<byteCount * (index + 1) / count
      let length = wanted * (index + 1) / count - wanted * index / count
      let room = stratum.count - length - 2 * Self.guardLength
      let start =
        stratum.lowerBound + Self.guardLength + Int(generator.next(below: UInt64(room) + 1))
      return start..<start + length
    }
  }

  /// Lays out ranges of the files taken as one, in ascending order.
  private mutating func layOut(_ ranges: [Range<Int>], as part: Part) {
    var file = 0
    var fileStart = 0
    for range in ranges {
      var offset = range.lowerBound
      while offset < range.upperBound {
        while offset >= fileStart + sizes[file] {
          fileStart += sizes[file]
          file += 1
        }
        let stop = min(range.upperBound, fileStart + sizes[file])
        append(offset - fileStart..<stop - fileStart, of: file, as: part)
        offset = stop
      }
    }
  }
}

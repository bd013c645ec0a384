import BPBCore

extension ArrangementPlan {
  /// The bytes of `corpus` in the order of the plan. Every file is read once; nothing but the stream is
  /// held.
  ///
  /// - Throws: what reading a file throws.
  func stream(of corpus: Corpus) throws(BPBError) -> [UInt8] {
    var stream = [UInt8](repeating: 0, count: corpus.byteCount)
    let ordered = segments.sorted {
      ($0.fileIndex, $0.range.lowerBound) < ($1.fileIndex, $1.range.lowerBound)
    }
    var next = 0
    for (index, file) in corpus.files.enumerated() {
      let first = next
      while next < ordered.count && ordered[next].fileIndex == index { next += 1 }
      let own = ordered[first..<next]
      var offset = 0
      try file.read { piece throws(BPBError) in
        for segment in own { Self.copy(piece, at: offset, of: segment, into: &stream) }
        offset += piece.count
      }
    }
    return stream
  }

  /// Copies what belongs to `segment` of a piece of its file that begins at `offset`.
  private static func copy(
    _ piece: Span<UInt8>, at offset: Int, of segment: Segment, into stream: inout [UInt8]
  ) {
    let common = segment.range.clamped(to: offset..<offset + piece.count)
    guard !common.isEmpty else { return }
    piece.extracting(common.lowerBound - offset..<common.upperBound - offset).withUnsafeBytes {
      source in
      stream.withUnsafeMutableBytes { target in
        let start = segment.start + common.lowerBound - segment.range.lowerBound
        UnsafeMutableRawBufferPointer(rebasing: target[start..<start + source.count])
          .copyMemory(from: source)
      }
    }
  }
}

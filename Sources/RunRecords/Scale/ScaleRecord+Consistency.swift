extension ScaleRecord {
  /// Whether the plan is one that a run could have had, so that reports may reckon with it: sizes that rise,
  /// parts inside the stream, and what a source says of each size.
  var isConsistent: Bool {
    partsFit && sizesRise && windows.allSatisfy(holds) && segments.allSatisfy(\.isNatural)
      && (overlap?.isNatural ?? true) && (source?.saysOfEach(of: sizes.count) ?? true)
  }

  private var partsFit: Bool {
    bytes >= 0 && blockSize > 0 && (0...bytes).contains(trainingBytes)
      && (0...bytes - trainingBytes).contains(heldOutBytes)
  }

  private var sizesRise: Bool {
    (sizes.first ?? 1) > 0 && (sizes.last ?? 0) <= bytes
      && zip(sizes, sizes.dropFirst()).allSatisfy { $0 < $1 }
  }

  private func holds(_ window: Window) -> Bool {
    (0...bytes).contains(window.start) && (0...bytes - window.start).contains(window.bytes)
  }
}

extension ScaleRecord.Segment {
  fileprivate var isNatural: Bool { [file, start, bytes].allSatisfy { $0 >= 0 } }
}

extension ScaleRecord.Overlap {
  fileprivate var isNatural: Bool {
    ([width, windows, found] + cleanBlocks).allSatisfy { $0 >= 0 }
  }
}

extension SourceRecord {
  fileprivate func saysOfEach(of sizeCount: Int) -> Bool {
    prefixBits.count == sizeCount && parameterBits?.count ?? sizeCount == sizeCount
  }
}

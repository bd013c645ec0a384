public import Corpora
public import RunRecords

extension ScaleRecord.Overlap {
  /// What was found, as records keep it.
  public init(_ overlap: HeldOutOverlap) {
    self.init(
      width: overlap.windowSize, windows: overlap.windowCount, found: overlap.sharedWindowCount,
      cleanBlocks: overlap.cleanBlocks)
  }
}

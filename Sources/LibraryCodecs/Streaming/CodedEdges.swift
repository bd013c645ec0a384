import BPBCore

/// Length, beginning and end of a coded block: enough to tell framing from payload afterwards.
struct CodedEdges {
  /// Holds the longest zstd frame header (18) and the .xz stream header with a block header's size (13).
  private static let headLength = 18
  /// Holds the index of a single block (28) and the footer (12) of an .xz file.
  private static let tailLength = 40

  private(set) var byteCount = 0
  private(set) var head: [UInt8] = []
  private(set) var tail: [UInt8] = []

  /// Takes note of the block's next bytes.
  mutating func append(_ piece: Span<UInt8>) {
    byteCount += piece.count
    if head.count < Self.headLength {
      head.append(piece.extracting(first: Self.headLength - head.count))
    }
    tail.append(piece.extracting(last: Self.tailLength))
    tail.removeFirst(max(0, tail.count - Self.tailLength))
  }
}

public import BPBCore
public import Corpora
public import RunRecords

/// A corpus as studies use it: what is learned from, what choices are made on, and what is read once.
///
/// The held-out pieces of an arrangement go by turns to the tune and the test part, so that both come from all over
/// the corpus and neither touches the training part.
public struct StudyText: Sendable {
  /// Of the corpus' bytes: a study holds out twice what other commands do, for two parts.
  public static let heldOutShare = 0.2
  /// Blocks of the test part that a bootstrap wants at least.
  private static let wantedBlocks = 200
  private static let blockSizes = 256...4096

  public let training: [UInt8]
  public let tune: [UInt8]
  public let test: [UInt8]
  /// SHA-256 of the arranged corpus.
  public let stream: String
  /// How much of what is held out occurs in the training part.
  public let overlap: ScaleRecord.Overlap?
  /// The share of the test part's windows that stand in the training part.
  let testOverlap: Double

  /// The parts of `arrangement`.
  ///
  /// - Throws: `noInput` for a corpus of which not enough can be held out.
  public init(_ arrangement: CorpusArrangement) throws(BPBError) {
    let pieces = arrangement.segments.filter { $0.part == .heldOut }.map(\.streamRange)
    guard pieces.count >= 2 else {
      throw BPBError(
        .noInput,
        "the corpus has \(arrangement.stream.count) bytes, too few to learn from one part and be tested on others",
        advice: "a study needs 40 KiB at least, and a megabyte to see something")
    }
    func bytes(_ part: Int) -> [UInt8] {
      pieces.indices.filter { $0 % 2 == part }.flatMap { arrangement.stream[pieces[$0]] }
    }
    self.init(
      training: Array(arrangement.stream[arrangement.training]), tune: bytes(0), test: bytes(1),
      stream: arrangement.sha256, overlap: arrangement.overlap().map(ScaleRecord.Overlap.init))
  }

  /// Parts that were cut elsewhere.
  package init(
    training: [UInt8], tune: [UInt8], test: [UInt8], stream: String,
    overlap: ScaleRecord.Overlap? = nil
  ) {
    self.training = training
    self.tune = tune
    self.test = test
    self.stream = stream
    self.overlap = overlap
    testOverlap = HeldOutOverlap.share(of: test, foundIn: training)
  }

  /// Bytes of a block of the test part.
  public var blockSize: Int {
    min(max(test.count / Self.wantedBlocks, Self.blockSizes.lowerBound), Self.blockSizes.upperBound)
  }

  /// A part as a record names it.
  static func part(_ bytes: [UInt8]) -> StudyRecord.Part {
    StudyRecord.Part(bytes: bytes.count, sha256: CorpusFile(name: "", bytes: bytes).sha256)
  }
}

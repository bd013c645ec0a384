public import BPBCore

/// A corpus laid out for experiments as one stream: what is trained on, then what is held out.
///
/// The stream is a permutation of the corpus' bytes that depends on the sizes of the files, the share and
/// the seed alone, on every machine.
///
/// - With 20 files that hold something, or more, these are documents: they are shuffled, and whole
///   documents from the end are held out until the share is reached. One that would take it more than half
///   beyond, or over 2 MiB, is passed over. Where too little can be held out so, as with a few documents
///   that hold nearly everything, the next rule applies.
/// - Otherwise the files stay in order, and of each eighth of the corpus (of more and smaller parts in a
///   large corpus) one block at a random place is held out. At either side 1 KiB belongs to neither part:
///   these guards stand in the stream between training and held-out part.
/// - A corpus of less than 40 KiB has no held-out part.
public struct CorpusArrangement: Sendable {
  /// What bytes are for.
  public enum Part: String, Sendable {
    case training
    /// What separates held-out blocks from the training part.
    case guardGap = "guard"
    case heldOut = "held-out"
  }

  /// What was held out.
  public enum Unit: String, Sendable {
    /// Whole files.
    case documents
    /// Blocks of files.
    case blocks
  }

  /// A piece of one file, and where it stands in the stream.
  public struct Segment: Sendable, Equatable {
    /// The place of the file in the corpus.
    public let fileIndex: Int
    /// The piece's bytes in the file.
    public let range: Range<Int>
    public let part: Part
    /// Its first byte in the stream.
    public let start: Int

    /// The piece's bytes in the stream.
    public var streamRange: Range<Int> { start..<start + range.count }
  }

  /// Bytes of a corpus that an arrangement holds in memory at most.
  public static let mostBytes = 1 << 30
  /// The share of the corpus that is held out if nothing else is asked for.
  public static let usualShare = 0.1

  /// All bytes of the corpus.
  public let stream: [UInt8]
  /// In the order of the stream, which they fill without gaps.
  public let segments: [Segment]
  /// The stream's first part.
  public let training: Range<Int>
  /// The part between; empty where documents are held out, or nothing.
  public let guards: Range<Int>
  /// The stream's last part; nil if nothing is held out.
  public let heldOut: Range<Int>?
  /// What was held out; nil if nothing was.
  public let unit: Unit?
  /// Why nothing is held out, as a sentence; nil if something is.
  public let remark: String?
  /// What the arrangement was drawn by.
  public let seed: UInt64
  /// SHA-256 of the stream, in hexadecimal.
  public let sha256: String
  /// SHA-256 of the held-out part, in hexadecimal.
  public let heldOutSHA256: String?

  /// Reads `corpus` and arranges it.
  ///
  /// - Parameter heldOutShare: of the corpus' bytes, above 0 and at most 0.5. Whatever the share, at
  ///   most 2 MiB are held out and, from 40 KiB on, about 4 KiB at least.
  /// - Throws: `usage` for another share, or a corpus of more than `mostBytes`; what reading throws.
  public init(
    of corpus: Corpus, seed: UInt64, heldOutShare: Double = usualShare
  ) throws(BPBError) {
    let plan = try ArrangementPlan(
      sizes: corpus.files.map(\.byteCount), seed: seed, share: heldOutShare)
    let stream = try plan.stream(of: corpus)
    self.stream = stream
    self.seed = seed
    segments = plan.segments
    unit = plan.unit
    training = plan.range(of: .training)
    guards = plan.range(of: .guardGap)
    let heldOut = unit == nil ? nil : plan.range(of: .heldOut)
    self.heldOut = heldOut
    remark =
      unit == nil
      ? "the corpus has less than 40 KiB, too little to hold any of it out" : nil
    sha256 = Digest.of(stream.span)
    heldOutSHA256 = heldOut.map { Digest.of(stream.span.extracting($0)) }
  }
}

extension Digest {
  static func of(_ bytes: Span<UInt8>) -> String {
    var digest = Digest()
    digest.update(bytes)
    return digest.hexadecimal
  }
}

import BPBCore
public import RunRecords

/// What one method made of a corpus.
public struct ComparisonRow: Sendable, Equatable {
  /// The outcome of decoding.
  public enum Verification: Sendable {
    case verified, failed, notChecked
  }

  /// Why a cell has no size, or does not verify.
  public struct Failure: Sendable, Equatable {
    /// Nil under `solid`.
    public let path: String?
    public let sentence: String
  }

  /// One input under this method.
  public struct File: Sendable, Equatable {
    public let path: String
    public let bytes: Int
    /// Nil if it was not measured on its own: missing, or part of a solid stream.
    public let cell: CellRecord?

    public var codedBytes: Int? { cell?.codedBytes }
    /// Bits per raw byte; nil for an empty file and where there is no size.
    public var bitsPerByte: Double? {
      guard let heldOut = cell?.heldOut else {
        return ComparisonRow.bitsPerByte(codedBytes: codedBytes, bytes: bytes)
      }
      return CodeLength(kind: .heldout, bits: heldOut.bits, byteCount: bytes).bitsPerByte
    }
    /// Raw bytes over coded bytes; nil if either is none.
    public var ratio: Double? { ComparisonRow.ratio(codedBytes: codedBytes, bytes: bytes) }
  }

  public let method: MethodRecord
  /// The method's name, and its version where another row has the same name.
  public let label: String
  /// How its lengths were obtained, as `coded`; nil without a cell.
  public let kind: String?
  /// Raw bytes of the cells that have a size: the whole corpus if `isSound`.
  public let bytes: Int
  /// Nil if no cell has a size.
  public let codedBytes: Int?
  /// Nil if it is not known of every cell.
  public let framingBytes: Int?
  /// Bytes of models that stand in the coded blocks, `framingBytes` and the residual apart; nil if there are none.
  public let sentModelBytes: Int?
  /// The most that a cell allocated; nil if that is not known.
  public let memoryBytes: Int?
  public let encoding: CodingTime
  public let decoding: CodingTime
  /// Whether nothing else ran while its cells were timed.
  public let isTimedAlone: Bool
  public let verification: Verification
  public let failures: [Failure]
  /// Every input in order.
  public let files: [File]
  /// Cells that there should be: one a file, one in all under `solid`.
  public let expectedCount: Int
  /// Cells that there are.
  public let cellCount: Int
  /// Cells that have a size.
  public let measuredCount: Int
  /// What cells of kind `heldout` say besides; nil for other kinds.
  public let heldOut: HeldOutFigures?
  /// Whether no other sound row of the same kind needs fewer bits, models included.
  public internal(set) var isBest = false

  init(method: MethodRecord, label: String, cells: [CellRecord?], files: [File]) {
    let present = cells.compactMap(\.self)
    let measured = present.filter { $0.codedBytes != nil }
    self.method = method
    self.label = label
    self.files = files
    kind = present.first?.kind
    bytes = measured.map(\.bytes).clampedSum
    codedBytes = measured.isEmpty ? nil : measured.compactMap(\.codedBytes).clampedSum
    let framing = measured.compactMap(\.framingBytes)
    framingBytes = measured.isEmpty || framing.count < measured.count ? nil : framing.clampedSum
    let sent = measured.compactMap(\.sentModelBytes)
    sentModelBytes = sent.isEmpty ? nil : sent.clampedSum
    memoryBytes = present.compactMap(\.memoryBytes).max()
    encoding = CodingTime(cells: measured.map(\.encodeSeconds))
    decoding = CodingTime(cells: measured.map(\.decodeSeconds))
    isTimedAlone = !measured.isEmpty && measured.allSatisfy { $0.timing == .alone }
    verification = Self.verification(of: present)
    failures = present.compactMap(\.failure)
    expectedCount = cells.count
    cellCount = present.count
    measuredCount = measured.count
    heldOut = HeldOutFigures(measured)
  }

  /// Whether every cell is there.
  public var isComplete: Bool { cellCount == expectedCount }
  /// Whether its figures are of the whole corpus and nothing failed.
  public var isSound: Bool { isComplete && failures.isEmpty }
  /// Total bits over total bytes; nil for no bytes. Of a model that was trained before, without the model.
  public var bitsPerByte: Double? {
    guard let heldOut else { return Self.bitsPerByte(codedBytes: codedBytes, bytes: bytes) }
    return CodeLength(kind: .heldout, bits: heldOut.bits, byteCount: bytes).bitsPerByte
  }
  /// Whether a decoder needs a model besides what was coded, which `bitsPerByte` does not charge. Kind
  /// `heldout` never does: it asks what a model that is there already makes of a text.
  public var leavesOutModel: Bool { heldOut == nil && method.modelBytes > 0 }
  /// Total bits over total bytes with the model charged once, as in a two-part code: what rows of one kind
  /// are ranked by.
  public var chargedBitsPerByte: Double? {
    guard leavesOutModel, let codedBytes else { return bitsPerByte }
    return Self.bitsPerByte(codedBytes: [codedBytes, method.modelBytes].clampedSum, bytes: bytes)
  }
  /// Bytes of residual: what is coded besides framing and models, of a method that has a model; nil for others.
  public var residualBytes: Int? {
    guard heldOut == nil, leavesOutModel || sentModelBytes != nil, let codedBytes, let framingBytes
    else { return nil }
    return max(codedBytes - framingBytes - (sentModelBytes ?? 0), 0)
  }
  /// Files that its model learned from, none for a model that says nothing of that.
  public var trainedOn: [String] {
    heldOut == nil ? files.compactMap { $0.cell?.trainedOn == true ? $0.path : nil } : []
  }
  /// Raw bytes over coded bytes; nil if either is none.
  public var ratio: Double? { Self.ratio(codedBytes: codedBytes, bytes: bytes) }
  /// `verification` as records say it: nil if it was not checked.
  public var isVerified: Bool? { verification == .notChecked ? nil : verification == .verified }
  /// How trustworthy its seconds are.
  public var timing: CellRecord.Timing { isTimedAlone ? .alone : .approximate }
  /// Raw bytes per second; nil if it was not timed.
  public var encodeSpeed: Double? { speed(encoding) }
  /// Raw bytes per second; nil if it was not timed.
  public var decodeSpeed: Double? { speed(decoding) }

  private func speed(_ time: CodingTime) -> Double? {
    time.seconds.flatMap { $0 > 0 && bytes > 0 ? Double(bytes) / $0 : nil }
  }

  private static func bitsPerByte(codedBytes: Int?, bytes: Int) -> Double? {
    codedBytes.flatMap {
      CodeLength(kind: .coded, bits: 8 * Double($0), byteCount: bytes).bitsPerByte
    }
  }

  private static func ratio(codedBytes: Int?, bytes: Int) -> Double? {
    codedBytes.flatMap { $0 > 0 && bytes > 0 ? Double(bytes) / Double($0) : nil }
  }

  private static func verification(of cells: [CellRecord]) -> Verification {
    if cells.contains(where: { $0.verified == false }) { return .failed }
    return !cells.isEmpty && cells.allSatisfy { $0.verified == true } ? .verified : .notChecked
  }
}

extension CellRecord {
  /// What went wrong with the cell; nil if nothing did.
  var failure: ComparisonRow.Failure? {
    guard error != nil || codedBytes == nil || verified == false else { return nil }
    let fallback = verified == false ? "does not decode to the same bytes" : "gave no size"
    return .init(
      path: path.map(SafeText.printable), sentence: SafeText.printable(error ?? fallback))
  }
}

extension Sequence<Int> {
  /// The sum, or the largest integer where it would be more: records may come from anywhere.
  fileprivate var clampedSum: Int {
    reduce(0) { sum, next in
      let (result, overflow) = sum.addingReportingOverflow(next)
      return overflow ? .max : result
    }
  }
}

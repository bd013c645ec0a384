public import BPBCore
import Corpora
public import RunRecords

/// Measures what a frozen model pays for a file.
public struct HeldOutMeter: Sendable {
  /// Id of the run, for the records.
  public var run: String
  /// Whether the model is also asked for the likeliest byte at every place.
  public var guesses: Bool
  public var clock: any RunClock
  /// Asked between steps; true ends the job.
  public var isCancelled: @Sendable () -> Bool

  /// The least bytes of a block, and the most blocks of a file.
  private static let leastBlock = 4096
  private static let mostBlocks = 1024
  /// Bits of the first block are also counted over so many bytes, for the positions in it.
  private static let grain = 64

  /// Creates a meter; see the properties.
  public init(
    run: String, guesses: Bool, clock: any RunClock,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.run = run
    self.guesses = guesses
    self.clock = clock
    self.isCancelled = isCancelled
  }

  /// The job's record. A model that fails gives a record that says so.
  ///
  /// - Throws: `cancelled`; `noInput` and `inputOutput` when the file, not the model, is at fault.
  public func measure(_ job: HeldOutJob) throws(BPBError) -> CellRecord {
    var record = emptyRecord(for: job)
    var text: [UInt8] = []
    text.reserveCapacity(job.file.byteCount)
    try job.file.read { piece throws(BPBError) in
      try checkCancelled()
      text.append(piece)
    }
    do throws(BPBError) {
      try score(text, job, into: &record)
    } catch {
      guard error.isOfMethod else { throw error }
      record.error = error.description
    }
    return record
  }

  private func score(
    _ text: [UInt8], _ job: HeldOutJob, into record: inout CellRecord
  ) throws(BPBError) {
    guard let models = job.method.frozen else {
      throw BPBError(.methodFailed, "is not a model that was trained before")
    }
    let clock = self.clock
    var (seconds, memory) = (0.0, 0)
    var guesses: [UInt8]?
    let (blocks, first) = try models.withModel { model throws(BPBError) in
      let start = clock.now()
      // Long blocks, which models are quick with; a stream begins like any beginning of it.
      let blocks = model.score(text.span, blockSize: Self.leastBlock)
      seconds = clock.now() - start
      memory = model.memoryBytes
      let beginning = text.span.extracting(0..<min(Self.leastBlock, text.count))
      let first = model.score(beginning, blockSize: Self.grain)
      try checkCancelled()
      if self.guesses { guesses = model.likeliestBytes(in: text.span) }
      return (blocks, first)
    }
    guard (blocks + first).allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw BPBError(.methodFailed, "gives a byte no probability")
    }
    var heldOut = Self.record(of: blocks, first: first, byteCount: text.count)
    heldOut.topOne = guesses.map {
      .init(right: zip($0, text).count { $0 == $1 }, of: text.count)
    }
    trace(text, of: job, into: &heldOut)
    record.codedBytes = Int((heldOut.bits / 8).rounded(.up))
    record.encodeSeconds = [seconds]
    record.memoryBytes = memory + text.count
    record.heldOut = heldOut
  }

  private func trace(
    _ text: [UInt8], of job: HeldOutJob, into heldOut: inout HeldOutRecord
  ) {
    guard let training = job.training else { return }
    heldOut.isTrainedOn = training.sha256s.contains(job.file.sha256)
    heldOut.sharedWindows = training.sketch.map { sketch in
      let (windows, found) = sketch.shared(with: text.span)
      return .init(right: found, of: windows)
    }
  }

  private func checkCancelled() throws(BPBError) {
    if isCancelled() { throw BPBError(.cancelled, "stopped") }
  }

  private func emptyRecord(for job: HeldOutJob) -> CellRecord {
    CellRecord(
      run: run, method: job.method.name, version: job.method.version,
      kind: CodeLength.Kind.heldout.rawValue, policy: HeldOutJob.policy, path: job.file.name,
      sha256: job.file.sha256, bytes: job.file.byteCount, codedBytes: nil, framingBytes: nil,
      blocks: 1, modelBytes: job.method.modelBytes, decoderBytes: job.method.decoderBytes,
      verified: nil, encodeSeconds: [], decodeSeconds: [], timing: .approximate, memoryBytes: nil,
      error: nil)
  }
}

extension HeldOutMeter {
  /// Blocks and positions of a file of `byteCount` bytes, of which every `leastBlock` bytes cost `blocks`, and
  /// of the first of these every `grain` bytes `first`.
  private static func record(
    of blocks: [Double], first: [Double], byteCount: Int
  ) -> HeldOutRecord {
    let joined = max(1, (blocks.count + mostBlocks - 1) / mostBlocks)
    return HeldOutRecord(
      blockSize: joined * leastBlock,
      blockBits: stride(from: 0, to: blocks.count, by: joined).map { start in
        blocks[start..<min(start + joined, blocks.count)].reduce(0, +)
      },
      positions: positions(of: blocks, first: first, byteCount: byteCount))
  }

  /// The first 64 bytes, those before 256, before 1024 and so on, as far as the file goes.
  private static func positions(
    of blocks: [Double], first: [Double], byteCount: Int
  ) -> [HeldOutRecord.Position] {
    var positions: [HeldOutRecord.Position] = []
    var (start, end) = (0, grain)
    while start < byteCount {
      let last = min(end, byteCount)
      let (bits, size) = start < leastBlock ? (first, grain) : (blocks, leastBlock)
      let range = start / size..<(last + size - 1) / size
      positions.append(.init(start: start, bytes: last - start, bits: bits[range].reduce(0, +)))
      (start, end) = (last, end * 4)
    }
    return positions
  }
}

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

  /// Bits are counted over so many bytes, which blocks and positions are made of.
  static let grain = 64
  /// The least bytes of a block, and the most blocks of a file.
  private static let leastBlock = 4096
  private static let mostBlocks = 1024

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
    let bits = try models.withModel { model throws(BPBError) in
      let start = clock.now()
      let bits = model.score(text.span, blockSize: Self.grain)
      seconds = clock.now() - start
      memory = model.memoryBytes
      try checkCancelled()
      if self.guesses { guesses = model.likeliestBytes(in: text.span) }
      return bits
    }
    guard bits.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw BPBError(.methodFailed, "gives a byte no probability")
    }
    var heldOut = Self.record(of: bits, byteCount: text.count)
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
  /// Blocks and positions of a file of `byteCount` bytes, of which every `grain` bytes cost `bits`.
  static func record(of bits: [Double], byteCount: Int) -> HeldOutRecord {
    let wanted = max(leastBlock, (byteCount + mostBlocks - 1) / mostBlocks)
    let grains = (wanted + grain - 1) / grain
    return HeldOutRecord(
      blockSize: grains * grain,
      blockBits: stride(from: 0, to: bits.count, by: grains).map { first in
        bits[first..<min(first + grains, bits.count)].reduce(0, +)
      },
      positions: positions(of: bits, byteCount: byteCount))
  }

  /// The first 64 bytes, those before 256, before 1024 and so on, as far as the file goes.
  private static func positions(
    of bits: [Double], byteCount: Int
  ) -> [HeldOutRecord.Position] {
    var positions: [HeldOutRecord.Position] = []
    var (start, end) = (0, grain)
    while start < byteCount {
      let last = min(end, byteCount)
      let range = start / grain..<(last + grain - 1) / grain
      positions.append(
        .init(start: start, bytes: last - start, bits: bits[range].reduce(0, +)))
      (start, end) = (last, end * 4)
    }
    return positions
  }
}

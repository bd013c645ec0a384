public import BPBCore
public import RunRecords

/// Measures one cell: every block encoded for real, decoded and compared.
public struct CellMeter: Sendable {
  /// Id of the run, for the records.
  public var run: String
  /// Whether to decode and compare.
  public var verifies: Bool
  /// How often the whole cell is done; sizes must come out the same each time.
  public var repetitions: Int
  /// What to say of the seconds.
  public var timing: CellRecord.Timing
  public var clock: any RunClock
  /// Asked between pieces of input; true ends the cell.
  public var isCancelled: @Sendable () -> Bool
  /// Told, after each piece of input, how much of the cell's expected work that was, in seconds.
  public var advanced: @Sendable (Double) -> Void

  /// Creates a meter; see the properties.
  public init(
    run: String, verifies: Bool, repetitions: Int, timing: CellRecord.Timing, clock: any RunClock,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    advanced: @escaping @Sendable (Double) -> Void = { _ in }
  ) {
    self.run = run
    self.verifies = verifies
    self.repetitions = repetitions
    self.timing = timing
    self.clock = clock
    self.isCancelled = isCancelled
    self.advanced = advanced
  }

  /// The cell's record. A method that fails or does not verify gives a record that says so.
  ///
  /// - Throws: `cancelled`; `noInput` and `inputOutput` when the input, not the method, is at fault.
  public func measure(_ cell: Cell) throws(BPBError) -> CellRecord {
    var record = emptyRecord(for: cell)
    do {
      for _ in 0..<repetitions {
        try add(try account(of: cell), of: cell, to: &record)
      }
      if verifies { record.verified = true }
    } catch {
      guard error.code == .methodFailed || error.code == .badData else { throw error }
      fail(&record, error)
    }
    return record
  }

  /// One repetition.
  private func account(of cell: Cell) throws(BPBError) -> BlockAccount {
    var cutter = BlockCutter(cell: cell, meter: self)
    let work = cell.expectedSeconds / Double(max(cell.source.byteCount, 1) * repetitions)
    try cell.source.read { piece throws(BPBError) in
      if isCancelled() { throw BPBError(.cancelled, "stopped") }
      try cutter.push(piece)
      advanced(work * Double(piece.count))
    }
    return try cutter.finish()
  }

  private func add(
    _ account: BlockAccount, of cell: Cell, to record: inout CellRecord
  ) throws(BPBError) {
    if let before = record.codedBytes, before != account.codedBytes {
      throw BPBError(
        .methodFailed, "gave \(before) bytes once and \(account.codedBytes) bytes another time",
        advice: "a method must be deterministic to be measured")
    }
    record.codedBytes = account.codedBytes
    record.framingBytes = cell.method.knowsFraming ? account.framingBytes : nil
    record.sentModelBytes = account.sentModelBytes > 0 ? account.sentModelBytes : nil
    record.blocks = account.blocks
    record.memoryBytes = account.memoryBytes
    record.encodeSeconds.append(account.encodeSeconds)
    if verifies { record.decodeSeconds.append(account.decodeSeconds) }
  }

  private func fail(_ record: inout CellRecord, _ error: BPBError) {
    record.error = error.description
    record.verified = verifies ? false : nil
    record.codedBytes = nil
    record.framingBytes = nil
    record.sentModelBytes = nil
    record.encodeSeconds = []
    record.decodeSeconds = []
  }

  private func emptyRecord(for cell: Cell) -> CellRecord {
    var record = CellRecord(
      run: run, method: cell.method.name, version: cell.method.version,
      kind: CodeLength.Kind.coded.rawValue, policy: cell.policy.description,
      path: cell.source.path, sha256: cell.source.sha256, bytes: cell.source.byteCount,
      codedBytes: nil, framingBytes: nil, blocks: 0, modelBytes: cell.method.modelBytes,
      decoderBytes: cell.method.decoderBytes, verified: nil, encodeSeconds: [], decodeSeconds: [],
      timing: timing, memoryBytes: nil, error: nil)
    if cell.method.learnedFrom.contains(cell.source.sha256) { record.trainedOn = true }
    return record
  }
}

/// Cuts a source into blocks and codes each.
private struct BlockCutter: ~Copyable {
  private let cell: Cell
  private let meter: CellMeter
  private var pipeline: BlockPipeline?
  private var account = BlockAccount()
  /// Bytes of the source that no block has begun with yet.
  private var unassigned: Int
  /// Bytes that the block in progress still wants.
  private var wanted = 0

  init(cell: Cell, meter: CellMeter) {
    self.cell = cell
    self.meter = meter
    unassigned = cell.source.byteCount
  }

  mutating func push(_ piece: Span<UInt8>) throws(BPBError) {
    var start = 0
    while start < piece.count {
      if pipeline == nil { try begin() }
      let count = min(wanted, piece.count - start)
      try pipeline?.push(piece.extracting(start..<start + count))
      start += count
      wanted -= count
      if wanted == 0 { try end() }
    }
  }

  consuming func finish() throws(BPBError) -> BlockAccount {
    // An empty source is one empty block, whose framing is its cost.
    if account.blocks == 0 {
      try begin()
      try end()
    }
    return account
  }

  private mutating func begin() throws(BPBError) {
    let limit = if case .chunk(let size) = cell.policy { size } else { unassigned }
    wanted = min(limit, unassigned)
    unassigned -= wanted
    pipeline = try BlockPipeline(
      codec: cell.method.codec, byteCount: wanted, verifies: meter.verifies, clock: meter.clock)
  }

  private mutating func end() throws(BPBError) {
    try pipeline?.finish()
    if let done = pipeline?.account { account.add(done) }
    pipeline = nil
  }
}

public import BPBCore
public import RunRecords

/// Measures the jobs of a scale run.
public struct ScaleMeter: Sendable {
  /// Id of the run, for the records.
  public var run: String
  public let plan: ScalePlan
  public var clock: any RunClock
  /// Asked between pieces of input; true ends the job.
  public var isCancelled: @Sendable () -> Bool
  /// Told how much of the expected work was done, in seconds.
  public var advanced: @Sendable (Double) -> Void

  /// Bytes handed to a coder at a time.
  static let pieceSize = 1 << 18

  /// Creates a meter; see the properties.
  public init(
    run: String, plan: ScalePlan, clock: any RunClock,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    advanced: @escaping @Sendable (Double) -> Void = { _ in }
  ) {
    self.run = run
    self.plan = plan
    self.clock = clock
    self.isCancelled = isCancelled
    self.advanced = advanced
  }

  /// The job's records. A method that fails gives records that say so.
  ///
  /// - Parameter emit: given each record as soon as it is made.
  /// - Throws: `cancelled`; whatever `emit` throws.
  public func measure(
    _ job: ScaleJob, emit: (RecordLine) throws(BPBError) -> Void
  ) throws(BPBError) {
    switch job.work {
    case .prefix, .pass:
      for record in try PrefixMeter(meter: self, job: job).records() { try emit(.prefix(record)) }
    case .freeze:
      try FrozenMeter(meter: self, job: job).measure { record throws(BPBError) in
        try emit(.frozen(record))
      }
    }
  }

  /// Hands `range` of the stream to `body` in pieces.
  func forEachPiece(
    of range: Range<Int>, _ body: (Span<UInt8>) throws(BPBError) -> Void
  ) throws(BPBError) {
    for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.pieceSize) {
      try checkCancelled()
      let piece = start..<min(start + Self.pieceSize, range.upperBound)
      try body(plan.stream.span.extracting(piece))
    }
  }

  func checkCancelled() throws(BPBError) {
    if isCancelled() { throw BPBError(.cancelled, "stopped") }
  }
}

extension BPBError {
  /// Whether a method is at fault, not its input or the user's patience: then the failure is a result.
  var isOfMethod: Bool { code == .methodFailed || code == .badData }
}

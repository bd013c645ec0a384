public import BPBCore
public import RunRecords

/// What a scale run measures: a stream, its plan, and for each method the sizes that it is asked for.
public struct ScalePlan: Sendable {
  /// The stream's bytes.
  public let stream: [UInt8]
  public let record: ScaleRecord
  /// Methods with the largest prefix that each is measured on.
  public private(set) var entries: [Entry]

  /// Windows that models are frozen in: all are tested on the same held-out part, so that fewer tell as
  /// much as more do of prefixes, which are of other text each.
  static let frozenWindows = 4

  /// A method of a plan.
  public struct Entry: Sendable {
    public var method: Method
    /// In bytes; less than the stream where time does not allow more.
    public var largest: Int
  }

  /// A plan of all sizes for every method.
  public init(stream: [UInt8], record: ScaleRecord, methods: [Method]) {
    self.stream = stream
    self.record = record
    entries = methods.map { Entry(method: $0, largest: record.bytes) }
  }

  /// All jobs, method by method.
  public var jobs: [ScaleJob] { entries.flatMap(jobs(of:)) }

  /// What all jobs are expected to take, in seconds of one core.
  public var expectedSeconds: Double { jobs.reduce(0) { $0 + $1.expectedSeconds } }

  /// The same plan without the largest sizes of the slowest methods, so that it is expected to take at
  /// most `seconds` of one core.
  ///
  /// Every method gets an equal share; what the fast ones leave goes to the slow ones. A method keeps
  /// its smallest size in any case.
  public func fitting(seconds: Double) -> ScalePlan {
    var plan = self
    while plan.expectedSeconds > seconds {
      let costs = plan.entries.map { entry in
        plan.jobs(of: entry).reduce(0) { $0 + $1.expectedSeconds }
      }
      let shrinkable = plan.entries.indices.filter {
        plan.entries[$0].largest > record.sizes.first ?? 0
      }
      guard let worst = shrinkable.max(by: { costs[$0] < costs[$1] }) else { break }
      plan.entries[worst].largest =
        record.sizes.last { $0 < plan.entries[worst].largest } ?? 0
    }
    return plan
  }

  private func jobs(of entry: Entry) -> [ScaleJob] {
    record.windows.flatMap { window in
      let sizes = record.sizes.filter { $0 <= min(window.bytes, entry.largest) }
      return sizes.isEmpty
        ? [] : coding(entry.method, window, sizes) + freezing(entry.method, window, sizes)
    }
  }

  private func coding(
    _ method: Method, _ window: ScaleRecord.Window, _ sizes: [Int]
  ) -> [ScaleJob] {
    guard !method.codec.givesPrefixSizes else {
      return [
        ScaleJob(work: .pass, method: method, window: window, sizes: sizes, testedBytes: 0)
      ]
    }
    return sizes.map {
      ScaleJob(work: .prefix, method: method, window: window, sizes: [$0], testedBytes: 0)
    }
  }

  private func freezing(
    _ method: Method, _ window: ScaleRecord.Window, _ sizes: [Int]
  ) -> [ScaleJob] {
    // What was trained on the held-out part is not tested on it.
    let sizes = sizes.filter { $0 <= record.trainingBytes }
    let isUsed = record.windows.prefix(Self.frozenWindows).contains(window)
    guard isUsed, method.learning != nil, record.heldOutBytes > 0, !sizes.isEmpty else { return [] }
    let tested = record.heldOutBytes + 4 * FrozenMeter.guessedBytes
    return [
      ScaleJob(work: .freeze, method: method, window: window, sizes: sizes, testedBytes: tested)
    ]
  }
}

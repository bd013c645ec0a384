public import BPBCore
public import RunRecords

/// Runs cells side by side, the longest first, as many as cores and memory allow.
public struct Scheduler: Sendable {
  /// Cells at a time.
  public var jobs: Int
  /// Bytes that the methods of the cells in flight may be expected to allocate together. A cell that
  /// needs more than that runs alone.
  public var memoryLimit: Int

  /// Creates a scheduler.
  public init(jobs: Int, memoryLimit: Int) {
    self.jobs = jobs
    self.memoryLimit = memoryLimit
  }

  /// What became of a cell.
  public struct Outcome: Sendable {
    /// Its place in the cells that were given.
    public var index: Int
    public var result: Result<CellRecord, BPBError>
  }

  /// Measures all `cells` and hands over each outcome as it comes, in no particular order.
  ///
  /// Once the meter is cancelled no further cell begins.
  /// - Parameter deliver: called from one task at a time; throws to stop the run, which cancels the
  ///   cells in flight.
  public func run(
    _ cells: [Cell], with meter: CellMeter,
    deliver: (Outcome) throws(BPBError) -> Void
  ) async throws(BPBError) {
    var queue = Queue(cells, memoryLimit: memoryLimit)
    let failure: BPBError? = await withTaskGroup(
      of: Outcome.self, returning: BPBError?.self
    ) { group in
      var running = 0
      while true {
        while running < jobs, !meter.isCancelled(), let index = queue.next(isIdle: running == 0) {
          let cell = cells[index]
          group.addTask { Self.outcome(of: cell, at: index, meter) }
          running += 1
        }
        guard running > 0, let outcome = await group.next() else { return nil }
        running -= 1
        queue.release(outcome.index)
        do throws(BPBError) {
          try deliver(outcome)
        } catch {
          group.cancelAll()
          return error
        }
      }
    }
    if let failure { throw failure }
  }

  private static func outcome(of cell: Cell, at index: Int, _ meter: CellMeter) -> Outcome {
    do {
      return Outcome(index: index, result: .success(try meter.measure(cell)))
    } catch {
      return Outcome(index: index, result: .failure(error.about(cell.source.path ?? "the corpus")))
    }
  }

  /// Cells not yet begun, the longest last, and the memory that is spoken for.
  private struct Queue {
    private let needs: [Int]
    private var waiting: [Int]
    private var free: Int

    init(_ cells: [Cell], memoryLimit: Int) {
      needs = cells.map(\.method.memory.total)
      let costs = cells.map(\.expectedSeconds)
      waiting = cells.indices.sorted { (costs[$0], $1) < (costs[$1], $0) }
      free = memoryLimit
    }

    mutating func next(isIdle: Bool) -> Int? {
      let fitting = waiting.lastIndex { needs[$0] <= free }
      guard let place = fitting ?? (isIdle ? waiting.indices.last : nil) else { return nil }
      let index = waiting.remove(at: place)
      free -= needs[index]
      return index
    }

    mutating func release(_ index: Int) { free += needs[index] }
  }
}

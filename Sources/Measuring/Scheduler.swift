public import BPBCore

/// A piece of work that a scheduler can place beside others.
public protocol Job: Sendable {
  /// A rough number of seconds, for the order and for ETA only.
  var expectedSeconds: Double { get }
  /// Bytes that it is expected to allocate.
  var memoryNeed: Int { get }
  /// Threads that it can make use of; it gets them or as many as there are.
  var threads: Int { get }
}

extension Job {
  /// One thread.
  public var threads: Int { 1 }
}

/// Runs jobs side by side, the longest first, as many as cores and memory allow.
public struct Scheduler: Sendable {
  /// Jobs at a time, of one thread each.
  public var jobs: Int
  /// Bytes that the jobs in flight may be expected to allocate together. A job that needs more than
  /// that runs alone.
  public var memoryLimit: Int

  /// Creates a scheduler.
  public init(jobs: Int, memoryLimit: Int) {
    self.jobs = jobs
    self.memoryLimit = memoryLimit
  }

  /// What became of a job.
  public struct Outcome<Output: Sendable>: Sendable {
    /// Its place in the jobs that were given.
    public var index: Int
    public var result: Result<Output, BPBError>
  }

  /// Does all of `work` and hands over each outcome as it comes, in no particular order.
  ///
  /// - Parameters:
  ///   - isCancelled: once it says so no further job begins.
  ///   - perform: one job, on any thread.
  ///   - deliver: called from one task at a time; throws to stop the run, which cancels the jobs in
  ///     flight.
  public func run<Work: Job, Output: Sendable>(
    _ work: [Work], isCancelled: @escaping @Sendable () -> Bool,
    perform: @escaping @Sendable (Work) -> Result<Output, BPBError>,
    deliver: (Outcome<Output>) throws(BPBError) -> Void
  ) async throws(BPBError) {
    var queue = Queue(work, threads: jobs, memoryLimit: memoryLimit)
    let failure: BPBError? = await withTaskGroup(
      of: Outcome<Output>.self, returning: BPBError?.self
    ) { group in
      var running = 0
      while true {
        while !isCancelled(), let index = queue.next(isIdle: running == 0) {
          let job = work[index]
          group.addTask { Outcome(index: index, result: perform(job)) }
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

  /// Jobs not yet begun, the longest last, and the memory and threads that are spoken for.
  private struct Queue {
    private let needs: [Int]
    private let threads: [Int]
    private var waiting: [Int]
    private var freeBytes: Int
    private var freeThreads: Int

    init(_ jobs: [some Job], threads: Int, memoryLimit: Int) {
      needs = jobs.map(\.memoryNeed)
      self.threads = jobs.map { min(max($0.threads, 1), threads) }
      let costs = jobs.map(\.expectedSeconds)
      waiting = jobs.indices.sorted { (costs[$0], $1) < (costs[$1], $0) }
      freeBytes = memoryLimit
      freeThreads = threads
    }

    mutating func next(isIdle: Bool) -> Int? {
      let fitting = waiting.lastIndex { needs[$0] <= freeBytes && threads[$0] <= freeThreads }
      guard let place = fitting ?? (isIdle ? waiting.indices.last : nil) else { return nil }
      let index = waiting.remove(at: place)
      freeBytes -= needs[index]
      freeThreads -= threads[index]
      return index
    }

    mutating func release(_ index: Int) {
      freeBytes += needs[index]
      freeThreads += threads[index]
    }
  }
}

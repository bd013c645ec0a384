import BPBCore
import Measuring
import Synchronization
import Testing

/// Jobs that make use of several threads get them, and never more are in use than there are.
@Suite struct SchedulerThreadsTests {
  private struct ThreadedJob: Job {
    var threads: Int
    var expectedSeconds = 1.0
    var memoryNeed = 0
  }

  /// Threads that are spoken for, at most at a time; and which jobs ran beside others.
  private final class Threads: Sendable {
    private let state = Mutex((now: 0, peak: 0, running: 0, beside: [Int: Int]()))

    func begin(_ count: Int) {
      state.withLock {
        $0.now += count
        $0.running += 1
        $0.peak = max($0.peak, $0.now)
        $0.beside[count] = max($0.beside[count] ?? 0, $0.running)
      }
    }
    func end(_ count: Int) {
      state.withLock {
        $0.now -= count
        $0.running -= 1
      }
    }
    var peak: Int { state.withLock { $0.peak } }
    /// Jobs that ran at one time, at most, when one of so many threads began.
    func atATime(_ count: Int) -> Int { state.withLock { $0.beside[count] ?? 0 } }
  }

  /// Runs `jobs` with so many threads, each for long enough to be met by others.
  private func run(
    _ jobs: [ThreadedJob], threads: Int, memoryLimit: Int = 100
  ) async throws -> (threads: Threads, done: [Int]) {
    let witness = Threads()
    var done: [Int] = []
    try await Scheduler(jobs: threads, memoryLimit: memoryLimit).run(
      jobs, isCancelled: { false },
      perform: { job -> Result<Int, BPBError> in
        let count = min(job.threads, threads)
        witness.begin(count)
        let end = ContinuousClock.now.advanced(by: .milliseconds(2))
        while ContinuousClock.now < end {}
        witness.end(count)
        return .success(count)
      }, deliver: { done.append($0.index) })
    return (witness, done)
  }

  @Test(arguments: [1, 2, 3, 4])
  func noMoreThreadsAreInUseThanThereAre(threads: Int) async throws {
    let jobs = [1, 3, 2, 1, 1, 4, 2, 1, 3, 1, 1, 2].map { ThreadedJob(threads: $0) }
    let (witness, done) = try await run(jobs, threads: threads)
    #expect(witness.peak <= threads)
    #expect(done.sorted() == Array(jobs.indices))
  }

  @Test func aJobThatWantsMoreThanThereAreRunsAlone() async throws {
    let jobs = [1, 1, 9, 1, 1, 9, 1].map { ThreadedJob(threads: $0) }
    let (witness, done) = try await run(jobs, threads: 2)
    #expect(witness.atATime(2) == 1)
    #expect(witness.peak == 2)
    #expect(done.sorted() == Array(jobs.indices))
  }

  @Test func aJobThatWantsNoneHasOne() async throws {
    let jobs = [0, -3, 1, 0].map { ThreadedJob(threads: $0) }
    let (_, done) = try await run(jobs, threads: 2)
    #expect(done.sorted() == Array(jobs.indices))
  }

  /// Threads and memory count both: what has threads waits for memory, and the other way round.
  @Test func aJobThatIsTooLargeInBothRunsAll() async throws {
    let jobs = [
      ThreadedJob(threads: 8, memoryNeed: 500), ThreadedJob(threads: 1, memoryNeed: 500),
      ThreadedJob(threads: 8, memoryNeed: 1), ThreadedJob(threads: 1, memoryNeed: 1),
    ]
    let (witness, done) = try await run(jobs, threads: 2)
    #expect(witness.peak <= 2)
    #expect(done.sorted() == Array(jobs.indices))
  }
}

import CKernels
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Threads that stay ready between regions of parallel work which are too short to start threads for.
///
/// What a task computes may not depend on which thread runs it, nor on when; then results do not depend on how
/// many threads there are. Used from one thread at a time.
package final class ThreadTeam {
  /// Processors that are there to be used, at most 64.
  package static let processorCount = min(max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1), 64)

  private let region = ParallelRegion()
  private var helpers: [pthread_t] = []

  /// A team of `threads`, the caller's among them; of fewer if the system has no more.
  package init(threads: Int) {
    for _ in 1..<max(threads, 1) {
      guard let helper = startHelper(in: region) else { break }
      helpers.append(helper)
    }
  }

  deinit {
    region.close()
    for helper in helpers { pthread_join(helper, nil) }
  }

  /// Threads in the team, the caller's among them.
  package var threadCount: Int { helpers.count + 1 }

  /// Calls `task` once with each number below `count` and returns when all calls have.
  package func run(_ count: Int, _ task: (Int) -> Void) {
    guard !helpers.isEmpty && count > 1 else {
      for index in 0..<count { task(index) }
      return
    }
    withoutActuallyEscaping(task) { task in
      region.open(count, task)
      region.work(in: region.region)
      region.waitForHelpers()
    }
  }

  /// Calls `task` with consecutive ranges that make up 0..<`count`, each of `grain` elements but the last.
  package func run(_ count: Int, grain: Int, _ task: (Range<Int>) -> Void) {
    run((count + grain - 1) / grain) { index in
      task(index * grain..<min((index + 1) * grain, count))
    }
  }
}

/// What a team shares: the task at hand, and where helpers wait for the next.
///
/// A region's numbers are taken one by one, by the caller too, and the caller waits for those that were taken: not for a helper that
/// the system has not let run yet, so that a busy machine costs no more than the helpers.
///
/// `@unchecked Sendable`: `task` and `count` are written before `place` is stored with release order, and read by the writer
/// or by who has since taken a number, which the writer waits for before it writes again; the rest is atomic.
private final class ParallelRegion: @unchecked Sendable {
  private var task: ((Int) -> Void)?
  /// Numbers of the region, written and read as `task` is.
  private var count = 0
  /// The region, counted from 1, in the upper half, and how many numbers are left to be taken in the lower: once none is,
  /// nobody can take one of a region that is over.
  private let place = Atomic<UInt64>(0)
  /// Numbers that were worked on to the end.
  private let done = Atomic<Int>(0)
  private static let closed = UInt64.max
  /// Looks at `place` before a helper goes to sleep: some tens of microseconds.
  private static let patience = 4000
  private let mutex: UnsafeMutablePointer<pthread_mutex_t> = .allocate(capacity: 1)
  private let condition: UnsafeMutablePointer<pthread_cond_t> = .allocate(capacity: 1)

  init() {
    mutex.initialize(to: pthread_mutex_t())
    condition.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func open(_ count: Int, _ task: @escaping (Int) -> Void) {
    self.task = task
    self.count = count
    done.store(0, ordering: .relaxed)
    let region = (place.load(ordering: .relaxed) >> 32 + 1) % (Self.closed >> 32)
    announce(region << 32 | UInt64(UInt32(count)))
  }

  func close() { announce(Self.closed) }

  private func announce(_ value: UInt64) {
    // Under the lock, so that no helper can miss it between its last look and its sleep.
    pthread_mutex_lock(mutex)
    place.store(value, ordering: .releasing)
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Takes numbers of a region until none is left.
  func work(in region: UInt64) {
    while let index = take(from: region) {
      task?(index)
      done.add(1, ordering: .releasing)
    }
  }

  /// The region that is open or was last.
  var region: UInt64 { place.load(ordering: .acquiring) >> 32 }

  private func take(from region: UInt64) -> Int? {
    var now = place.load(ordering: .acquiring)
    while now >> 32 == region, now & 0xFFFF_FFFF > 0 {
      let (isTaken, found) = place.weakCompareExchange(
        expected: now, desired: now - 1, ordering: .acquiring)
      if isTaken { return count - Int(now & 0xFFFF_FFFF) }
      now = found
    }
    return nil
  }

  /// Waits for numbers that helpers took.
  func waitForHelpers() {
    var looks = 0
    while done.load(ordering: .acquiring) < count {
      looks += 1
      if looks % Self.patience == 0 { sched_yield() } else { bpb_pause() }
    }
    task = nil
  }

  /// A helper's life.
  func serve() {
    var seen: UInt64 = 0
    while true {
      seen = waitForRegion(after: seen)
      guard seen != Self.closed >> 32 else { return }
      work(in: seen)
    }
  }

  private func waitForRegion(after seen: UInt64) -> UInt64 {
    for _ in 0..<Self.patience {
      let now = region
      if now != seen { return now }
      bpb_pause()
    }
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while region == seen { pthread_cond_wait(condition, mutex) }
    return region
  }
}

/// A thread that serves `region`; nil if the system has none left.
private func startHelper(in region: ParallelRegion) -> pthread_t? {
  #if canImport(Darwin)
  var thread: pthread_t?
  #else
  var thread = pthread_t()
  #endif
  let argument = Unmanaged.passRetained(region)
  guard pthread_create(&thread, nil, serveRegion, argument.toOpaque()) == 0 else {
    argument.release()
    return nil
  }
  return thread
}

#if canImport(Darwin)
private func serveRegion(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  Unmanaged<ParallelRegion>.fromOpaque(argument).takeRetainedValue().serve()
  return nil
}
#else
private func serveRegion(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let argument { Unmanaged<ParallelRegion>.fromOpaque(argument).takeRetainedValue().serve() }
  return nil
}
#endif

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Independent tasks on several threads, for a caller that waits. What a task computes may not depend on
/// which thread runs it, nor on when.
enum ParallelTasks {
  /// Processors that are there to be used, at most 16.
  static let processorCount = min(max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1), 16)

  /// Calls `body` once with each number below `count`, on at most `threads` threads, and returns when all
  /// calls have. Lower numbers are begun first.
  static func run(_ count: Int, threads: Int, _ body: (Int) -> Void) {
    let helpers = min(threads, count) - 1
    guard helpers > 0 else { return (0..<max(count, 0)).forEach(body) }
    withoutActuallyEscaping(body) { body in
      let queue = TaskQueue(count: count, body: body)
      let started = (0..<helpers).compactMap { _ in start(queue) }
      queue.work()
      for thread in started { pthread_join(thread, nil) }
    }
  }

  /// A thread that works on `queue`; nil if the system has none left, and others do its share.
  private static func start(_ queue: TaskQueue) -> pthread_t? {
    #if canImport(Darwin)
    var thread: pthread_t?
    #else
    var thread = pthread_t()
    #endif
    let argument = Unmanaged.passRetained(queue)
    let status = pthread_create(&thread, nil, workOnQueue, argument.toOpaque())
    guard status == 0 else {
      argument.release()
      return nil
    }
    return thread
  }
}

#if canImport(Darwin)
private func workOnQueue(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  Unmanaged<TaskQueue>.fromOpaque(argument).takeRetainedValue().work()
  return nil
}
#else
private func workOnQueue(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let argument { Unmanaged<TaskQueue>.fromOpaque(argument).takeRetainedValue().work() }
  return nil
}
#endif

/// Hands out numbers to the threads that ask. Tasks are coarse, so a lock is as good as an atomic.
private final class TaskQueue {
  private let count: Int
  private let body: (Int) -> Void
  private var next = 0
  private let lock: UnsafeMutablePointer<pthread_mutex_t>

  init(count: Int, body: @escaping (Int) -> Void) {
    self.count = count
    self.body = body
    lock = .allocate(capacity: 1)
    lock.initialize(to: pthread_mutex_t())
    pthread_mutex_init(lock, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  func work() {
    while let task = take() { body(task) }
  }

  private func take() -> Int? {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    guard next < count else { return nil }
    next += 1
    return next - 1
  }
}

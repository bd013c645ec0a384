import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The user's wish to stop: after the first Ctrl-C a command ends what it is doing and prints what it
/// has; a second one ends the process at once.
enum Interrupt {
  private static let flag = Atomic(false)

  /// Whether the user has asked to stop.
  static var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Whether the work of the task that asks is to end: for the user, or because its run failed.
  static var endsTask: Bool { isRequested || Task.isCancelled }

  /// Listens for SIGINT, SIGTERM and SIGHUP from now on, those left out that whoever started this
  /// process had it ignore, as nohup does.
  static func listen() {
    // The first use makes the flag; inside a signal handler it would be too late for that.
    flag.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(number) {
      var action = sigaction()
      #if os(Linux)
      action.__sigaction_handler.sa_handler = handler
      #else
      action.__sigaction_u.__sa_handler = handler
      #endif
      action.sa_flags = Int32(bitPattern: UInt32(truncatingIfNeeded: SA_RESETHAND)) | SA_RESTART
      sigaction(number, &action, nil)
    }
  }

  /// Has a file that reaches a limit on its size be an error with a sentence, not the end of the
  /// process.
  static func leaveFullFilesToErrors() { signal(SIGXFSZ, SIG_IGN) }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    #if os(Linux)
    let handler = action.__sigaction_handler.sa_handler
    #else
    let handler = action.__sigaction_u.__sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static let handler: @convention(c) (Int32) -> Void = { _ in
    Interrupt.flag.store(true, ordering: .relaxed)
  }
}

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

  /// Listens for SIGINT and SIGTERM from now on.
  static func listen() {
    // The first use makes the flag; inside a signal handler it would be too late for that.
    flag.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
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

  private static let handler: @convention(c) (Int32) -> Void = { _ in
    Interrupt.flag.store(true, ordering: .relaxed)
  }
}

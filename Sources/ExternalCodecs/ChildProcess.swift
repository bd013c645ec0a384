import CSpawn
import SystemPackage

#if canImport(Glibc)
// `environ` is a mutable global in C; nothing here changes the environment.
@preconcurrency import Glibc
#elseif canImport(Musl)
@preconcurrency import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A running program in a process group of its own, which dies with this value.
struct ChildProcess: ~Copyable {
  let pid: pid_t

  /// Starts `program` in `directory` with the three standard files, every signal at its default.
  ///
  /// - Parameter words: argument zero and the arguments.
  init(
    _ program: FilePath, words: [String], in directory: FilePath, standard files: [FileDescriptor]
  ) throws(Errno) {
    #if canImport(Darwin)
    var actions: posix_spawn_file_actions_t?
    var attributes: posix_spawnattr_t?
    #else
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (number, file) in files.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, file.rawValue, CInt(number))
    }
    _ = directory.withPlatformString { posix_spawn_file_actions_addchdir_np(&actions, $0) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var pid: pid_t = 0
    let failure = withCStrings(words) { words in
      program.withPlatformString { posix_spawn(&pid, $0, &actions, &attributes, words, variables) }
    }
    guard failure == 0 else { throw Errno(rawValue: failure) }
    self.pid = pid
  }

  deinit { _ = Self.stop(pid) }

  /// Whether the program has ended. Its process id stays taken until `end` or the last use.
  var hasExited: Bool {
    var information = siginfo_t()
    let result = waitid(P_PID, id_t(pid), &information, WEXITED | WNOHANG | WNOWAIT)
    return result == 0 && information.si_signo == SIGCHLD
  }

  /// Stops what is left of the program and of all that it started, and says how it ended.
  consuming func end() -> Ending {
    let ending = Self.stop(pid)
    discard self
    return ending
  }

  private static func stop(_ pid: pid_t) -> Ending {
    // While the leader is not reaped no other group can have its number.
    kill(-pid, SIGKILL)
    var status: CInt = 0
    var usage = rusage()
    while wait4(pid, &status, 0, &usage) < 0 && errno == EINTR {}
    return Ending(status: status, peakMemory: PeakMemory.bytes(usage))
  }
}

/// How a program ended.
struct Ending {
  /// As wait(2) gives it.
  let status: CInt
  /// Most bytes resident, as the system accounts for them; see `PeakMemory`.
  let peakMemory: Int

  /// What went wrong, completing "the command …"; nil if nothing did.
  var failure: String? {
    let signal = status & 0x7F
    if signal != 0 {
      return "was ended by signal \(signal) (\(String(cString: strsignal(signal))))"
    }
    let code = status >> 8 & 0xFF
    return code == 0 ? nil : "failed with exit status \(code)"
  }
}

/// The environment, which programs inherit.
private var variables: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
  #if canImport(Darwin)
  _NSGetEnviron().pointee
  #else
  environ
  #endif
}

private func withCStrings(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> CInt
) -> CInt {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}

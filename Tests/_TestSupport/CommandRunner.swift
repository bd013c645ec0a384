public import SystemPackage

#if canImport(Glibc)
// `environ` is not used; `stdout` and its like are not touched.
@preconcurrency import Glibc
#elseif canImport(Musl)
@preconcurrency import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Runs the built `bpb` binary, or another program, as its users do.
public struct CommandRunner {
  /// How a program ended and what it said.
  public struct Outcome {
    /// The exit code; 128 and the signal's number for a program that a signal ended, as a shell says it.
    public let code: Int32
    public let output: [UInt8]
    public let errors: [UInt8]
    /// Whether it was ended because its time was up.
    public let timedOut: Bool

    /// Standard output as text; what is not UTF-8 shows as U+FFFD.
    public var text: String { String(decoding: output, as: UTF8.self) }
    /// Standard error as text.
    public var complaint: String { String(decoding: errors, as: UTF8.self) }
  }

  /// The binary beside the test bundle, of the same configuration.
  public static let bpb: FilePath = {
    var directory = testBundle
    while directory.removeLastComponent() {
      let candidate = directory.appending("bpb")
      if (try? candidate.stat())?.type == .regular { return candidate }
    }
    fatalError("bpb is not built beside \(testBundle)")
  }()

  /// Runs `bpb` to its end.
  ///
  /// - Parameters:
  ///   - directory: in which it runs.
  ///   - shell: what a shell does first, as `ulimit -f 1`.
  ///   - seconds: after which it is ended.
  public static func bpb(
    _ arguments: String..., in directory: FilePath, input: [UInt8] = [],
    environment: [String: String] = [:], shell: String = ":", seconds: Int = 30
  ) throws -> Outcome {
    try bpb(
      arguments, in: directory, input: input, environment: environment, shell: shell,
      seconds: seconds)
  }

  /// The same, with a list of arguments.
  public static func bpb(
    _ arguments: [String], in directory: FilePath, input: [UInt8] = [],
    environment: [String: String] = [:], shell: String = ":", seconds: Int = 30
  ) throws -> Outcome {
    try RunningCommand(
      [bpb.string] + arguments, in: directory, input: input, environment: environment, shell: shell
    ).wait(seconds: seconds)
  }

  private static var testBundle: FilePath {
    #if os(Linux)
    FilePath(platformString: realpath("/proc/self/exe", nil)!)
    #else
    var info = Dl_info()
    precondition(dladdr(#dsohandle, &info) != 0, "the test bundle has no path")
    return FilePath(platformString: realpath(info.dli_fname, nil)!)
    #endif
  }
}

/// A program that runs in a process group of its own.
public final class RunningCommand {
  /// Its process id, which is also that of its group.
  public let pid: Int32
  private let files: TemporaryDirectory
  private var status: Int32?

  /// Starts a program; its standard files are `input` and two files of our own.
  ///
  /// - Parameters: those of `CommandRunner.bpb`; `words` are the program and its arguments.
  public init(
    _ words: [String], in directory: FilePath, input: [UInt8] = [],
    environment: [String: String] = [:], shell: String = ":"
  ) throws {
    files = try TemporaryDirectory()
    try files.write(input, to: "in")
    // A shell changes the directory and becomes the program: the process stays the same.
    let script = "cd \"$1\" && shift && \(shell) && exec \"$@\" <\"$0/in\" >\"$0/out\" 2>\"$0/err\""
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    let variables = ["PATH": path, "LC_ALL": "C.UTF-8", "COLUMNS": "80"]
      .merging(environment) { $1 }
    pid = try Self.spawn(
      ["/bin/sh", "-c", script, files.path.string, directory.string] + words,
      variables.sorted { $0.key < $1.key }.map { "\($0)=\($1)" })
  }

  deinit { if status == nil { _ = end() } }

  /// Sends a signal to the program alone.
  public func send(_ signal: Int32) { kill(pid, signal) }

  /// What it has written to standard output so far.
  public var output: [UInt8] { (try? files.read("out")) ?? [] }

  /// Whether it is still at work.
  public var isRunning: Bool {
    var information = siginfo_t()
    let result = waitid(P_PID, id_t(pid), &information, WEXITED | WNOHANG | WNOWAIT)
    return result != 0 || information.si_signo != SIGCHLD
  }

  /// Waits until it ends, at most so long; then ends it, and whatever is left of its group.
  public func wait(seconds: Int = 30) throws -> CommandRunner.Outcome {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while isRunning && ContinuousClock.now < deadline { Self.pause(milliseconds: 2) }
    let timedOut = isRunning
    let status = end()
    let signal = status & 0x7F
    return CommandRunner.Outcome(
      code: signal == 0 ? status >> 8 & 0xFF : 128 + signal, output: try files.read("out"),
      errors: try files.read("err"), timedOut: timedOut)
  }

  /// Lets time pass.
  public static func pause(milliseconds: Int) {
    var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    nanosleep(&time, nil)
  }

  private func end() -> Int32 {
    if let status { return status }
    kill(-pid, SIGKILL)
    var result: Int32 = 0
    while waitpid(pid, &result, 0) < 0 && errno == EINTR {}
    status = result
    return result
  }

  /// Every signal is at its default in the new process, whatever the test runner was told to ignore.
  private static func spawn(_ words: [String], _ environment: [String]) throws -> pid_t {
    #if canImport(Darwin)
    var attributes: posix_spawnattr_t?
    #else
    var attributes = posix_spawnattr_t()
    #endif
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF))
    let arguments = words.map { strdup($0) } + [nil]
    let variables = environment.map { strdup($0) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var pid: pid_t = 0
    let failure = posix_spawn(&pid, words[0], nil, &attributes, arguments, variables)
    guard failure == 0 else { throw Errno(rawValue: failure) }
    return pid
  }
}

import FoundationEssentials

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What a command took, by the kernel's account.
struct Usage {
  var wallSeconds: Double
  /// User and system time.
  var cpuSeconds: Double
  /// Peak of resident memory. A child begins with its parent's, some 20 MB here.
  var peakBytes: Int
}

/// Runs commands and accounts for them.
struct Commands {
  /// Where commands write what is not wanted on the terminal.
  let scratch: Scratch

  /// Runs `arguments`, whose first is a program's path or its name in PATH, to its end.
  ///
  /// - Parameter output: file that takes its standard output.
  /// - Throws: if it cannot be run or does not end with exit code 0.
  func run(_ arguments: [String], output: String = "/dev/null") throws(BenchError) -> Usage {
    try Interruption.check()
    let start = Platform.now()
    let child = try spawn(arguments, output: output)
    var status: Int32 = 0
    var account = rusage()
    while wait4(child, &status, 0, &account) < 0 {
      guard errno == EINTR else { throw BenchError("\(arguments[0]): lost its process") }
    }
    let usage = Platform.usage(account, wallSeconds: Platform.now() - start)
    try Interruption.check()
    guard status == 0 else { throw failure(of: arguments, status) }
    return usage
  }

  /// Whether `program` can be run.
  func has(_ program: String) -> Bool { (try? run([program, "--version"])) != nil }

  private var complaints: String { scratch.path("stderr") }

  private func spawn(_ arguments: [String], output: String) throws(BenchError) -> pid_t {
    var actions = Platform.noFileActions
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let writing = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, writing, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, complaints, writing, 0o600)
    let environment = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }
    var child: pid_t = 0
    let code = Self.withCStrings(arguments) { words in
      Self.withCStrings(environment) { variables in
        posix_spawnp(&child, arguments[0], &actions, nil, words, variables)
      }
    }
    guard code == 0 else {
      throw BenchError("\(arguments[0]) cannot be run: \(String(cString: strerror(code)))")
    }
    return child
  }

  private func failure(of arguments: [String], _ status: Int32) -> BenchError {
    let end = status & 0x7F == 0 ? "exit code \(status >> 8 & 0xFF)" : "signal \(status & 0x7F)"
    let said = (try? String(contentsOfFile: complaints, encoding: .utf8)) ?? ""
    return BenchError("\(arguments.joined(separator: " ")): \(end)\n\(said)")
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = strings.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    return body(copies + [nil])
  }
}

import SystemPackage
import _TestSupport

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A Slurm cluster of this machine alone: a controller and a node's daemon on loopback, with no authentication between them.
final class SlurmCluster {
  private let scratch: TemporaryDirectory
  private var daemons: [RunningCommand] = []
  private var variables: [String: String] { ["SLURM_CONF": scratch.path.string + "/slurm.conf"] }

  /// Whether there is anything to start; Debian's packages are slurmctld, slurmd and slurm-client.
  static let isInstalled: Bool = ["slurmctld", "slurmd", "sbatch"].allSatisfy { program in
    ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"].contains {
      access("\($0)/\(program)", X_OK) == 0
    }
  }

  init() throws {
    scratch = try TemporaryDirectory()
    let host = String(
      try Self.output(of: ["hostname"], in: scratch.path).prefix { $0 != "." && $0 != "\n" })
    let user = try Self.output(of: ["id", "-un"], in: scratch.path).filter { $0 != "\n" }
    let port = 20_000 + Int(getpid()) % 20_000
    for directory in ["state", "spool"] {
      try scratch.write([], to: FilePath("\(directory)/.keep"))
    }
    try scratch.write(
      Array(
        Self.configuration(host: host, user: user, port: port, in: scratch.path.string).utf8),
      to: "slurm.conf")
    for daemon in ["slurmctld", "slurmd"] {
      daemons.append(
        try RunningCommand(
          Self.words([daemon, "-D"]), in: scratch.path, environment: variables))
      // The node registers with a controller that is there.
      RunningCommand.pause(milliseconds: 1000)
    }
    // Until the controller listens, asking it fails.
    try wait(seconds: 60) { (try? self("sinfo", "-h", "-o", "%T"))?.contains("idle") ?? false }
  }

  deinit {
    // The daemons end their tasks and themselves when they are asked to.
    for daemon in daemons.reversed() { daemon.send(SIGTERM) }
    for daemon in daemons { _ = try? daemon.wait(seconds: 10) }
  }

  /// What a command of Slurm says. Throws what it complains of if it fails.
  func callAsFunction(_ words: String..., in directory: FilePath? = nil) throws -> String {
    try Self.output(of: words, in: directory ?? scratch.path, variables)
  }

  /// Waits until something holds.
  func wait(seconds: Int, until isDone: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while try !isDone() {
      guard ContinuousClock.now < deadline else { throw TimeIsUp() }
      RunningCommand.pause(milliseconds: 50)
    }
  }

  /// A command of Slurm did not do what it was asked for.
  struct Failed: Error {
    let command: [String]
    let complaint: String
  }

  /// Something that was waited for did not happen.
  struct TimeIsUp: Error {}

  private static func output(
    of words: [String], in directory: FilePath, _ variables: [String: String] = [:]
  ) throws -> String {
    let outcome = try RunningCommand(
      Self.words(words), in: directory, environment: variables
    ).wait()
    guard outcome.code == 0 else { throw Failed(command: words, complaint: outcome.complaint) }
    return outcome.text
  }

  /// Daemons stand where not everybody's search path leads.
  private static func words(_ words: [String]) -> [String] {
    ["/usr/bin/env", "PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin"] + words
  }

  private static func configuration(
    host: String, user: String, port: Int, in directory: String
  ) -> String {
    """
    ClusterName=bpb
    SlurmctldHost=\(host)(127.0.0.1)
    AuthType=auth/none
    CredType=cred/none
    SlurmUser=\(user)
    SlurmdUser=\(user)
    SlurmctldPort=\(port)
    SlurmdPort=\(port + 1)
    StateSaveLocation=\(directory)/state
    SlurmdSpoolDir=\(directory)/spool
    SlurmctldPidFile=\(directory)/controller.pid
    SlurmdPidFile=\(directory)/node.pid
    SlurmctldLogFile=\(directory)/controller.log
    SlurmdLogFile=\(directory)/node.log
    ProctrackType=proctrack/linuxproc
    TaskPlugin=task/none
    JobAcctGatherType=jobacct_gather/none
    SelectType=select/cons_tres
    SelectTypeParameters=CR_CPU
    SwitchType=switch/none
    MpiDefault=none
    ReturnToService=2
    SlurmdParameters=config_overrides
    NodeName=\(host) NodeAddr=127.0.0.1 CPUs=2 RealMemory=1000 State=UNKNOWN
    PartitionName=all Nodes=\(host) Default=YES MaxTime=INFINITE State=UP

    """
  }
}

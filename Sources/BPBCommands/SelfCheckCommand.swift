import ArgumentParser
import BitsPerByte

/// `bpb selfcheck`.
struct SelfCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selfcheck",
    abstract: "Checks this program on cases whose answers are known, one method of every family.",
    discussion: """
      No verdict is printed by any command unless its own check passed. Exit code 1 if a case does not \
      hold.
      """)

  @OptionGroup var methods: MethodOptions

  func run() throws {
    let table = try methods.table()
    let chosen = try methods.chosen(from: table) ?? Self.representatives(of: table)
    let report = try ReportOutput(path: nil)
    var failures: [BPBError] = []
    let rows = SelfCheck(methods: chosen, secondsEach: 2).rows { row, error in
      let reason = error.map { "        \($0)\n" } ?? ""
      do throws(BPBError) {
        try report.append("\(row.passed ? "ok    " : "FAILED")  \(row.name)\n\(reason)")
      } catch {
        failures.append(error)
      }
    }
    if let failure = failures.first { throw failure }
    let failed = rows.count { !$0.passed }
    try report.append(
      failed == 0
        ? "All \(rows.count) cases hold.\n" : "\(failed) of \(rows.count) cases do not hold.\n")
    if failed > 0 { throw ExitCode(BPBError.Code.methodFailed.rawValue) }
  }

  /// A method of every family that needs no value.
  private static func representatives(of table: MethodTable) -> [Method] {
    table.families.compactMap { try? table.method(named: $0.name) }
  }
}

import BPBCore
package import Charts
package import RunRecords

/// What made the figures of a page: command, versions, machine, corpus.
package struct RunSections {
  let run: RunRecord
  let options: ReportOptions

  package init(run: RunRecord, options: ReportOptions) {
    self.run = run
    self.options = options
  }

  package var blocks: [HTMLPage.Block] {
    let command = options.showsSpeed ? [HTMLPage.Block.code(ShellText.line(run.command))] : []
    return command + [.list(facts)] + (run.methods.isEmpty ? [] : [.table(methods)])
  }

  /// What differs from run to run is left out where reports must not.
  private var facts: [HTMLPage.Phrase] {
    [
      .init([.text("bpb "), .text(SafeText.printable(run.bpbVersion))]),
      .init([.text("Corpus SHA-256 "), .code(SafeText.printable(run.corpus.sha256))]),
      options.showsSpeed ? .init(start) : nil,
    ].compactMap(\.self) + machines
  }

  private var start: String {
    guard let parts = run.parts, let first = parts.map(\.started).min() else {
      return "Started \(SafeText.printable(run.started)), run \(SafeText.printable(run.run))"
    }
    return
      "Joined from \(NumberFormat.count(parts.count, "run", "runs")), of which the first started "
      + "\(SafeText.printable(first)); the command is that of one of them"
  }

  /// Where it was measured, each kind of machine once.
  private var machines: [HTMLPage.Phrase] {
    let machines = run.allParts.map { Self.text(of: $0.environment) }
    let different = machines.reduce(into: [String]()) { known, machine in
      if !known.contains(machine) { known.append(machine) }
    }
    return different.map { .init($0) }
  }

  private static func text(of machine: Environment) -> String {
    let cpu = machine.cpu.map { ", " + SafeText.printable($0) } ?? ""
    let cores = NumberFormat.count(machine.cores, "core", "cores")
    return
      "\(SafeText.printable(machine.system)), \(SafeText.printable(machine.architecture))\(cpu), "
      + "\(cores), \(NumberFormat.bytes(machine.memoryBytes)) of memory"
  }

  private var methods: HTMLPage.Table {
    .init(
      caption: "Versions of the methods",
      columns: [.text("method"), .text("version"), .text("framing")],
      rows: run.methods.map { method in
        .init([method.name, method.version ?? "–", method.framing ?? "–"].map(SafeText.printable))
      })
  }
}

/// Command lines to be read, and typed again.
enum ShellText {
  /// `words` with blanks between, those in quotes that a shell would not take as they are.
  static func line(_ words: [String]) -> String {
    words.map { word in
      let printable = SafeText.printable(word)
      let isPlain = !printable.isEmpty && printable.utf8.allSatisfy(isPlain)
      return isPlain ? printable : quoted(printable)
    }.joined(separator: " ")
  }

  /// Scalar by scalar: a quote with a combining mark on it is a quote to a shell.
  private static func quoted(_ word: String) -> String {
    word.unicodeScalars.reduce(into: "'") { text, scalar in
      text += scalar == "'" ? "'\\''" : String(scalar)
    } + "'"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-_./:=,+@%".utf8.contains(byte)
    }
  }
}

import ArgumentParser
import BitsPerByte
import Reports

/// `bpb synth`.
struct SynthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synth",
    abstract: "Writes bytes of a source whose entropy rate is known.",
    discussion: """
      What no method can beat is then known: the rate in the long run, and for these very bytes their \
      true code length, -log2 of the probability with which the source emits them. Both are printed on \
      standard error. A source is named as name[:value][:key=value…], as in \
      markov:order=2:symbols=4:entropy=1.5; --list shows all. The same source, seed and size give the \
      same bytes on every machine.
      """)

  @Argument(
    help: "The source.", completion: .list(KnownSourceTable.builtin.families.map(\.name)))
  var source: String?

  @Option(
    name: .customLong("bytes"),
    help: ArgumentHelp("How many bytes to write, as in 10MB.", valueName: "size"))
  var size: String?

  @Option(help: "What the bytes are drawn by; the source's own seed is part of its name.")
  var seed: UInt64 = 1

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The file to write, '-' for standard output.", valueName: "file"),
    completion: .file())
  var output: String = "-"

  @Flag(name: [.short, .long], help: "Replace an existing file; write to a terminal.")
  var force = false

  @Flag(help: "List the sources with their parameters, and write no bytes.")
  var list = false

  @Option(help: "The form of the list.")
  var format: MethodsCommand.Format = .text

  func validate() throws {
    if list { return }
    if source == nil {
      throw ValidationError("there is no source: name one, as in markov:entropy=1.5, or use --list")
    }
    guard let size else {
      throw ValidationError("how many bytes? say it as in --bytes 10MB")
    }
    if ByteSize.parse(size) == nil {
      throw ValidationError("--bytes takes a size as in 10MB, not '\(size)'")
    }
  }

  func run() throws {
    if list { return try writeList() }
    let known = try KnownSourceTable.builtin.source(named: source ?? "")
    Interrupt.listen()
    let output = try ByteOutput(path: output, force: force)
    let synthesis = try known.write(byteCount: ByteSize.parse(size ?? "") ?? 0, seed: seed) {
      bytes throws(BPBError) in try output.write(bytes)
    }
    try output.commit()
    Terminal.write(Self.summary(of: known, synthesis))
  }

  private static func summary(of source: any KnownSource, _ synthesis: Synthesis) -> String {
    let length = synthesis.codeLength
    let ideal = length.bitsPerByte.map { NumberFormat.fixed($0, decimals: 6) + " bits per byte" }
    return """
      source: \(SafeText.escape(source.name))
      entropy rate: \(source.entropyRate.text) bits per byte
      these \(NumberFormat.grouped(length.byteCount)) bytes: \(ideal ?? "–")
      sha256: \(synthesis.sha256)
      """
  }

  private func writeList() throws {
    let families = KnownSourceTable.builtin.families
    let report = try ReportOutput(path: nil)
    switch format {
    case .text: try report.write(families.map(\.listing).joined(separator: "\n"))
    case .json:
      let document = JSONValue.object([
        ("schema", .integer(1)), ("sources", .array(families.map(\.json))),
      ])
      try report.write(document.text + "\n")
    }
  }
}

extension EntropyRate {
  /// The rate, or its bounds, to six decimals.
  fileprivate var text: String {
    let bounds = [lower, upper].map { NumberFormat.fixed($0, decimals: 6) }
    return isExact ? bounds[0] : "\(bounds[0]) to \(bounds[1])"
  }
}

extension KnownSourceFamily {
  fileprivate var listing: String {
    parameters.reduce("\(name): \(summary)\n") { $0 + $1.listing }
  }

  fileprivate var json: JSONValue {
    .object([
      ("name", .string(name)), ("summary", .string(summary)),
      ("parameters", .array(parameters.map(\.json))),
    ])
  }
}

import ArgumentParser
import BitsPerByte

/// Bytes of a known source in place of files.
struct SynthOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Measure bytes of this source, as in markov:entropy=1.5, instead of files; 'bpb synth --list' "
        + "shows all.", valueName: "source"),
    completion: .list(KnownSourceTable.builtin.families.map(\.name)))
  var synth: String?

  @Option(help: ArgumentHelp("How many bytes of --synth, as in 10MB.", valueName: "size"))
  var synthBytes: String = "1MB"

  @Option(help: ArgumentHelp("What they are drawn by.", valueName: "seed"))
  var synthSeed: UInt64 = 1

  /// They are held in memory.
  private static let most = 1 << 30

  func validate() throws {
    guard let count = ByteSize.parse(synthBytes), count <= Self.most else {
      throw ValidationError("--synth-bytes takes a size up to 1GiB, not '\(synthBytes)'")
    }
  }

  /// The source asked for; nil if none was.
  func source() throws(BPBError) -> (any KnownSource)? {
    guard let synth else { return nil }
    return try KnownSourceTable.builtin.source(named: synth)
  }

  /// Bytes of `source` as a corpus of one file.
  func corpus(of source: any KnownSource) -> Corpus {
    let bytes = source.bytes(count: ByteSize.parse(synthBytes) ?? 0, seed: synthSeed)
    return Corpus(files: [CorpusFile(name: "\(source.name) by seed \(synthSeed)", bytes: bytes)])
  }
}

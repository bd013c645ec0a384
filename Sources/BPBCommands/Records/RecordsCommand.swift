import ArgumentParser

/// `bpb records`.
struct RecordsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "records",
    abstract: "Works on records files, which --records writes.",
    subcommands: [RecordsMergeCommand.self])
}

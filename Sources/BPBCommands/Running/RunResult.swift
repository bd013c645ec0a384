import BitsPerByte

/// What a run of a plan gave: `bpb scale` and `bpb study` end alike.
struct RunResult {
  var records: Records
  var problems: [BPBError]
  /// Whether anything that was asked for could not be measured.
  var hasFailures: Bool

  /// What the command should end with: 0, or the code of the gravest thing that happened.
  var exitCode: Int32 {
    if problems.contains(where: { $0.code == .cancelled }) {
      return BPBError.Code.cancelled.rawValue
    }
    if hasFailures { return BPBError.Code.methodFailed.rawValue }
    return problems.first?.code.rawValue ?? 0
  }
}

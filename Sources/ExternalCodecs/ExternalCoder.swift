import BPBCore
import SystemPackage

/// One run of an external command: spools what it is given, runs the command at the end, and hands
/// out the result, as it grows where that is standard output.
final class ExternalCoder: StreamCoder {
  private let step: CommandStep
  private let limits: ExternalLimits
  private let isCancelled: @Sendable () -> Bool
  private let directory: WorkDirectory
  private let spool: OpenFile
  private var spooledBytes = 0
  /// The most memory that the program occupied, in bytes.
  private(set) var peakMemory = 0
  /// Unknown: a program does not say.
  var framingBytes: Int { 0 }

  init(
    _ step: CommandStep, limits: ExternalLimits, isCancelled: @escaping @Sendable () -> Bool
  ) throws(BPBError) {
    self.step = step
    self.limits = limits
    self.isCancelled = isCancelled
    directory = try WorkDirectory()
    spool = try directory.create(step.inputName)
  }

  func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) {
    try spool.write(input)
    spooledBytes += input.count
  }

  func finish(to sink: ByteSink) throws(BPBError) {
    try spool.settle()
    let output = try directory.create("stdout")
    let messages = try directory.create("stderr")
    var reader = PieceReader()
    let child = try start(output, messages)
    var memory = PeakMemory(of: child.pid)
    let watch = Watch(step, limits, isCancelled: isCancelled)
    while !child.hasExited {
      try watch.check(bytesWritten: directory.byteCount - spooledBytes)
      memory.sample()
      let progress = step.streamsOutput ? try reader.handOut(output, to: sink) : false
      if !progress { watch.pause() }
    }
    let ending = child.end()
    peakMemory = memory.peak(reported: ending.peakMemory)
    if let failure = ending.failure { throw error(failure, output, messages) }
    if step.streamsOutput {
      while try reader.handOut(output, to: sink) {}
    } else {
      let result = try OpenFile(onlyResult(), .readOnly)
      while try reader.handOut(result, to: sink) {}
    }
  }

  private func start(
    _ output: borrowing OpenFile, _ messages: borrowing OpenFile
  ) throws(BPBError) -> ChildProcess {
    let nothing = try OpenFile("/dev/null", .readOnly)
    let input = step.template.mentions(.input) ? nothing.descriptor : spool.descriptor
    do {
      return try ChildProcess(
        step.program, words: step.words, in: directory.path,
        standard: [input, output.descriptor, messages.descriptor])
    } catch {
      throw step.error("cannot be started: \(error)", code: .usage)
    }
  }

  /// The one file that a command with `{output}` must leave.
  private func onlyResult() throws(BPBError) -> FilePath {
    let files = directory.files(beginningWith: step.outputStem)
    guard let file = files.first else {
      throw step.error("left no file at {output}")
    }
    guard files.count == 1 else {
      throw step.error("left \(files.count) files at {output}, and a result is one file")
    }
    return file
  }

  /// The program's failure with its last words: on standard error, or on standard output where that
  /// is not the result.
  private func error(
    _ failure: String, _ output: borrowing OpenFile, _ messages: borrowing OpenFile
  ) -> BPBError {
    var words = Complaint.lastLine(of: messages)
    if words == nil && !step.streamsOutput { words = Complaint.lastLine(of: output) }
    return step.error(failure + (words.map { ": \($0)" } ?? ""))
  }
}

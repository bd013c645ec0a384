import ArgumentParser
import BitsPerByte
import Studies
import SystemPackage

/// `bpb plan`.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Says which size to train, and the loss to expect, by a measured grid.",
    discussion: """
      Takes the records of 'bpb grid' and what a run may use: operations, minutes on this machine, bytes of text, \
      parameters, in any combination; or the loss to reach. Without any limit it says what the grid itself could do best.
      """)

  @Argument(
    help: "A file that 'bpb grid' wrote with --records.", completion: .file(extensions: ["jsonl"]))
  var file: String

  @Option(
    help: ArgumentHelp("Floating-point operations of learning, as in 1e13.", valueName: "number"))
  var operations: Double?

  @Option(help: ArgumentHelp("Minutes of learning on this machine.", valueName: "minutes"))
  var minutes: Double?

  @Option(help: ArgumentHelp("Text that there is, as in 20MB.", valueName: "size"))
  var bytes: String?

  @Option(help: ArgumentHelp("The most parameters, as in 1e6.", valueName: "number"))
  var parameters: Double?

  @Option(help: ArgumentHelp("Bits per byte to reach, with the least computation.", valueName: "bpb"))
  var loss: Double?

  @Option(help: "The form of the answer.")
  var format: PlanFormat = .text

  @OptionGroup(title: "Networks") var networks: KernelOptions

  enum PlanFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

  func validate() throws {
    if operations != nil && minutes != nil {
      throw ValidationError("--operations and --minutes both limit the computation: give one")
    }
    if loss != nil && (operations != nil || minutes != nil) {
      throw ValidationError("--loss asks for the computation, so that no other limits it")
    }
    for (name, value) in [
      ("--operations", operations), ("--minutes", minutes), ("--parameters", parameters),
      ("--loss", loss),
    ] {
      if let value, !(value > 0 && value.isFinite) {
        throw ValidationError("\(name) takes a positive number, not '\(value)'")
      }
    }
    if let bytes, (ByteSize.parse(bytes) ?? 0) < 1 {
      throw ValidationError("--bytes takes a size as in 20MB, not '\(bytes)'")
    }
  }

  func run() throws {
    try networks.apply(jobs: Machine.cores)
    let path = FilePath(argument: file)
    let records = try RecordsFile.read(path)
    records.notices.forEach(Terminal.notice)
    let grids = StudyReport.all(in: records).filter { $0.results.plan.name == GridStudy.name }
    guard let grid = grids.last else {
      throw BPBError(
        .noInput, "holds no grid", subject: SafeText.escape(argument: file),
        advice: "measure one with 'bpb grid … --records \(SafeText.escape(argument: file))'")
    }
    if grids.count > 1 {
      Terminal.notice("the file holds \(grids.count) grids; the plan is by the last of them")
    }
    let advice: GridAdvice
    do throws(BPBError) {
      advice = try GridAdvice(grid, wish, threads: Machine.cores, clock: MonotonicClock())
    } catch {
      throw BPBError(
        error.code, error.problem, subject: error.subject ?? SafeText.escape(argument: file),
        advice: error.advice)
    }
    let text =
      format == .json ? advice.json.text : advice.sentences.map { $0 + "\n" }.joined()
    try TextOutput.write(text)
  }

  private var wish: GridWish {
    var wish = GridWish()
    wish.operations = operations
    wish.seconds = minutes.map { $0 * 60 }
    wish.bytes = bytes.flatMap(ByteSize.parse).map(Double.init)
    wish.parameters = parameters
    wish.loss = loss
    return wish
  }
}

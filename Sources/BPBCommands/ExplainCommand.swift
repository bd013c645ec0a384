import ArgumentParser
import BitsPerByte
import Reports
import SystemPackage

/// `bpb explain`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Shows where in a file the information is: the bits that each byte costs.",
    discussion: """
      The text is drawn with a colour for what each character costs, or with figures where there are no \
      colours; tables say, of the whole file, which bytes the bits are spent on and which stretches cost \
      most. Bits are ideal lengths, -log2 of the probability that a byte had before it came: of \
      adaptive methods as they learn, of frozen ones under the finished model, whose own bytes are told \
      apart. Two methods are drawn as their difference.
      """)

  /// The forms of what is shown.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, csv, json
  }

  @Argument(help: "The file; '-' is standard input.", completion: .file())
  var input: String

  @Option(
    name: [.customShort("m"), .long],
    help: ArgumentHelp(
      "One or two methods that predict bytes, as in ppm,model:book.bpbm; default is ppm.",
      valueName: "methods"),
    completion: .list(MethodTable.builtin.families.map(\.name)))
  var methods: [String] = []

  @OptionGroup var part: ByteRangeOptions

  @Option(help: "The form of what is shown; csv and json have the bits of each byte.")
  var format: Format = .text

  @Option(help: "Colours: where the terminal has them, or in any case, or not.")
  var color: ColorChoice = .auto

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write it to this file.", valueName: "file"), completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Write a page with the coloured text, a chart and tables to this file besides.",
      valueName: "file"),
    completion: .file(extensions: ["html"]))
  var html: String?

  @OptionGroup(title: "Networks") var networks: KernelOptions

  /// What is drawn on a terminal if nothing is said: about a screenful.
  private static let screenBytes = 2000

  func run() throws {
    try networks.apply(jobs: 1)
    let methods = try ExplainRun.methods(named: self.methods.isEmpty ? ["ppm"] : self.methods)
    let run = try ExplainRun(methods: methods, path: input)
    let range = try part.range(in: run.text.count, name: run.name)
    let text = try ReportOutput(path: output)
    let page = try html.map { path throws(BPBError) in try ReportOutput(path: path) }
    try CorpusOptions.checkRoles(
      of: [output, html].compactMap(\.self).map { FilePath(argument: $0) }
        + (input == "-" ? [] : [FilePath(argument: input)]),
      written: [output, html].count { $0 != nil })
    Interrupt.listen()
    let explanation = try run.explanation(of: range ?? 0..<run.text.count)
    try page?.write(ExplanationPage(explanation).render())
    try write(explanation, isWhole: range == nil, to: text)
  }

  private func write(
    _ explanation: ByteExplanation, isWhole: Bool, to output: ReportOutput
  ) throws(BPBError) {
    switch format {
    case .json: try output.write(ExplanationJSONRenderer().render(explanation))
    case .csv:
      try output.write("")
      try ExplanationCSVRenderer().render(explanation) { piece throws(BPBError) in
        try output.append(piece)
      }
    case .text:
      let renderer = ExplanationTextRenderer(
        width: output.isStandardOutput ? Terminal.width : Terminal.defaultWidth,
        colours: color.colours(onTerminal: output.isStandardOutput))
      let drawn = isWhole ? explanation.beginning(of: Self.screenBytes) : explanation
      try output.write(renderer.render(drawn))
    }
  }
}

extension ByteExplanation {
  /// The same, of which the first `count` bytes are drawn.
  fileprivate func beginning(of count: Int) -> ByteExplanation {
    var beginning = ByteExplanation(name: name, text: text, accounts: accounts, range: 0..<count)
    beginning.notes = notes
    return beginning
  }
}

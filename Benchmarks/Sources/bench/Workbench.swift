/// What every benchmark works with.
struct Workbench {
  let bpb: String
  /// The program that calls zlib and does nothing else.
  let zlibReference: String
  let repetitions: Int
  let inputs: Inputs
  let samples: Samples
  let scratch: Scratch
  let commands: Commands

  init(_ options: Options, zlibReference: String) throws(BenchError) {
    bpb = options.bpb
    self.zlibReference = zlibReference
    repetitions = options.repetitions
    scratch = try Scratch()
    samples = try Samples(directory: "samples")
    inputs = try Inputs(scratch: scratch, samples: samples)
    commands = Commands(scratch: scratch)
  }

  /// Runs `bpb compare` with `arguments` for its JSON, and accounts for it.
  func compare(_ arguments: [String]) throws(BenchError) -> (usage: Usage, report: CompareReport) {
    let json = scratch.path("compare.json")
    let usage = try commands.run([bpb, "compare", "--format", "json"] + arguments, output: json)
    return (usage, try CompareReport.read(json))
  }

  /// Ratios of one figure between two commands that take turns: A B A B….
  func ratios(
    _ first: [String], _ second: [String], of figure: KeyPath<Usage, Double>
  ) throws(BenchError) -> (pairs: [Double], ofBest: Double) {
    var firsts: [Double] = []
    var seconds: [Double] = []
    for _ in 0..<repetitions {
      firsts.append(try commands.run(first)[keyPath: figure])
      seconds.append(try commands.run(second)[keyPath: figure])
    }
    return (zip(firsts, seconds).map { $0 / $1 }, firsts.min()! / seconds.min()!)
  }
}

import ArgumentParser
import BitsPerByte
import Reports
import Studies

/// `bpb grid`.
struct GridCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grid",
    abstract: "Shows how the loss falls with the size of a model and with data together.",
    discussion: """
      Networks of several sizes learn from growing parts of the corpus, each byte seen once: one run serves all \
      amounts of data of a size. Laws of size and data are fitted to the losses and tried on the largest size and the \
      most data; the best size at equal computation is analysed in the ways that were published. With --records a run \
      that was stopped or killed goes on where it was. Ctrl-C prints what is finished.
      """)

  @OptionGroup var inputs: CorpusOptions

  @Option(
    help: "How thorough: quick takes a few minutes, standard an hour, full a night, on two cores.")
  var preset: StudyPreset = .quick

  @OptionGroup(title: "Grid") var grid: GridPlanOptions

  @Option(help: "What the split, and everything that is drawn, follows from.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Seconds that the run may take: large sizes are left out of a plan that would take longer.",
      valueName: "seconds"))
  var maxTime: Int?

  @OptionGroup(title: "Measuring") var running: RunOptions

  @OptionGroup(title: "Measuring") var sharding: ShardOptions

  @Option(
    help: ArgumentHelp(
      "Measure nothing; write the plan's jobs as a job array for sbatch, or a line of JSON each.",
      valueName: "slurm|jsonl"))
  var emit: JobArray.Form?

  @OptionGroup(title: "Report") var output: ReportFileOptions

  @OptionGroup(title: "Networks") var networks: KernelOptions

  func validate() throws {
    if let maxTime, maxTime < 1 { throw ValidationError("--max-time must be at least 1 second") }
    try sharding.validate(records: running.records, whole: output.firstGiven)
    if (sharding.shard != nil || emit != nil) && maxTime != nil {
      throw ValidationError(
        "--max-time decides by the machine which sizes are measured, and cannot be combined with --shard or --emit"
      )
    }
    if emit != nil && (running.records == nil || sharding.shard != nil) {
      throw ValidationError(
        "--emit needs --records, which each job's records are named after, and excludes --shard")
    }
  }

  func run() async throws {
    try networks.apply(jobs: running.jobCount)
    let reports = try ReportOutputs(output)
    var running = running
    // Nothing is measured, so that nothing is recorded.
    if emit != nil { running.records = nil }
    let setting = try StudySetting(
      inputs, seed: seed, running: running, written: reports.paths, maxTime: maxTime)
    let isPart = sharding.shard != nil || emit != nil
    var study = try wholeStudy(on: setting.text)
    // Which jobs a shard has must not depend on how quick this machine is.
    if !isPart { study = try affordable(study, on: setting.text) }
    let plan = setting.plan(study, preset: preset, seed: seed)
    if let emit, let records = self.running.records {
      try JobArray.checkWords()
      try reports.write(
        JobArray(plan, records: records, threads: running.jobs ?? 1).text(emit))
      return
    }
    let clock = MonotonicClock()
    let start = clock.now()
    let (report, result) = try await setting.run(plan, shard: sharding.shard)
    if let run = report?.run.run,
      let use = GridUse(
        run, in: result.records, seconds: clock.now() - start, threads: running.jobCount,
        pace: study.pace)
    {
      Terminal.notice(use.sentence)
    }
    if let shard = sharding.shard, let run = report?.run {
      try reports.write(ShardReport(shard, of: plan, run, measured: result.records))
    } else {
      try reports.write([], studies: [report].compactMap { $0 }, ReportOptions())
    }
    let problems = setting.corpus.problems + result.problems
    for problem in problems { Terminal.complain("error: \(problem)") }
    if result.exitCode != 0 { throw ExitCode(result.exitCode) }
  }

  /// The grid that was asked for.
  private func wholeStudy(on text: StudyText) throws(BPBError) -> GridStudy {
    let study = GridStudy(grid.options)
    guard !study.cells(on: text, preset: preset, seed: seed).isEmpty else {
      throw BPBError(
        .noInput,
        "the training part has \(text.training.count) bytes, too few for any cell of the grid",
        advice: "name more files: the smallest cell learns from \(GridStudy.leastBytes) bytes")
    }
    return study
  }

  /// As much of `study` as there is time for, once its cost is known and said.
  private func affordable(_ study: GridStudy, on text: StudyText) throws(BPBError) -> GridStudy {
    var study = study
    study.pace = try GridPace(of: study, on: text, preset: preset, clock: MonotonicClock())
    func forecast() -> GridForecast {
      GridForecast(study, on: text, preset: preset, seed: seed, threads: running.jobCount)
    }
    if let maxTime {
      let whole = forecast().seconds
      while forecast().seconds > Double(maxTime), let smaller = study.withoutLargestSize(preset) {
        study = smaller
      }
      if forecast().seconds < whole {
        Terminal.notice(
          "grid: all of it would take about \(NumberFormat.duration(whole)); sizes are left out to keep to --max-time"
        )
      }
      if forecast().seconds > Double(maxTime) {
        Terminal.notice(
          "grid: even its three smallest sizes take about \(NumberFormat.duration(forecast().seconds)); what is not "
            + "finished by --max-time will be missing")
      }
    }
    for sentence in forecast().sentences { Terminal.notice("grid: \(sentence)") }
    return study
  }
}

extension JobArray.Form: ExpressibleByArgument {}

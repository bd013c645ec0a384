import BitsPerByte
import Reports
import Studies
import SystemPackage

/// What studies on one corpus have in common: the text in its parts, the self-check, records, and the end of the time.
struct StudySetting {
  let corpus: Corpus
  let text: StudyText
  let running: RunOptions
  let appender: RecordsAppender?
  let deadline: Deadline
  private let selfCheck: [SelfCheckRow]

  /// Opens the records, walks the corpus and checks what has a known answer.
  ///
  /// - Parameters:
  ///   - written: files that the command writes, and so are no inputs.
  ///   - maxTime: seconds after which nothing more is begun.
  init<Use>(
    _ inputs: CorpusOptionsOf<Use>, seed: UInt64, running: RunOptions, written: [String?],
    maxTime: Int?
  ) throws(BPBError) {
    self.running = running
    appender = try running.appender()
    corpus = try inputs.corpus(leavingOut: [running.records] + written)
    corpus.notices.forEach(Terminal.notice)
    text = try StudyText(
      CorpusArrangement(of: corpus, seed: seed, heldOutShare: StudyText.heldOutShare))
    deadline = Deadline(in: maxTime.map(Double.init))
    Interrupt.listen()
    selfCheck = SelfCheck(methods: [], secondsEach: 0).rows(isCancelled: { Interrupt.endsTask })
  }

  /// The plan of `study` on the text.
  func plan(_ study: any Study, preset: StudyPreset, seed: UInt64) -> StudyPlan {
    StudyPlan(study, on: text, preset: preset, seed: seed, selfCheck: selfCheck)
  }

  /// Carries out `plan`, or a shard of it, and reports on what is known then.
  func run(
    _ plan: StudyPlan, shard: Shard? = nil
  ) async throws(BPBError) -> (report: StudyReport?, result: RunResult) {
    let run = RunRecord(
      corpus: corpus, policy: "study", methods: [], study: plan.record, shard: shard)
    let result = try await StudyRun(
      plan: plan, run: run, running: running, appender: appender, deadline: deadline
    ).measure()
    return (StudyReport(run, in: result.records), result)
  }
}

public import BPBCore
public import Evidence
public import Measuring
public import RunRecords

/// A study on one corpus: its record, and the cells that it asks for.
public struct StudyPlan: Sendable {
  public let record: StudyRecord
  public let cells: [StudyCell]
  private let text: StudyText

  /// The plan of `study` on `text`.
  public init(
    _ study: any Study, on text: StudyText, preset: StudyPreset, seed: UInt64,
    selfCheck: [SelfCheckRow]
  ) {
    self.text = text
    cells = study.cells(on: text, preset: preset, seed: seed)
    record = StudyRecord(
      name: study.name, protocolVersion: study.protocolVersion, preset: preset.rawValue, seed: seed,
      stream: text.stream, training: StudyText.part(text.training), tune: StudyText.part(text.tune),
      test: StudyText.part(text.test), blockSize: text.blockSize, overlap: text.overlap,
      cells: cells.flatMap(\.names),
      selfCheck: selfCheck.map { SelfCheckRecord(name: $0.name, passed: $0.passed) })
  }

  /// Those of `cells`, or of all, that `records` do not answer, or not wholly; failed ones are tried again.
  public func missing(from records: Records, among cells: [StudyCell]? = nil) -> [StudyCell] {
    (cells ?? self.cells).filter { cell in cell.names.contains { !isKnown($0, in: records) } }
  }

  /// How many names of `cells` `records` answer.
  public func knownCount(in records: Records, of cells: [StudyCell]) -> Int {
    cells.reduce(0) { $0 + $1.names.count { isKnown($0, in: records) } }
  }

  private func isKnown(_ name: String, in records: Records) -> Bool {
    records[key(of: name)].map { $0.error == nil } ?? false
  }

  private func key(of name: String) -> StudyCellRecord.Key {
    StudyCellRecord.Key(
      study: record.name, protocolVersion: record.protocolVersion, stream: record.stream, cell: name
    )
  }

  /// Measures what `earlier` does not know of `cell`. What goes wrong with it goes into its records.
  ///
  /// - Parameters:
  ///   - context: what the measuring has from its run.
  ///   - give: takes each record as soon as it is there.
  /// - Throws: `cancelled` once the run is; what `give` throws.
  public func measure(
    _ cell: StudyCell, after earlier: Records, in context: StudyContext,
    give: (StudyCellRecord) throws(BPBError) -> Void
  ) throws(BPBError) {
    let known = Set(cell.names.filter { isKnown($0, in: earlier) })
    var given: Set<String> = []
    var start = context.clock.now()
    var failure: BPBError?
    func finish(_ name: String, _ fill: (inout StudyCellRecord) -> Void) throws(BPBError) {
      var record = StudyCellRecord(key: key(of: name), run: context.run)
      fill(&record)
      record.seconds = context.clock.now() - start
      start = context.clock.now()
      given.insert(name)
      do throws(BPBError) {
        try give(record)
      } catch {
        failure = error
        throw error
      }
    }
    do throws(BPBError) {
      let bench = StudyBench(
        text: text, threads: context.threads, known: known, shelf: context.shelf
      ) { () throws(BPBError) in
        if context.isCancelled() { throw BPBError(.cancelled, "stopped") }
      }
      try cell.measure(bench) { name, measured throws(BPBError) in
        try finish(name) { record in
          record.figures = measured.figures.filter { $0.value.isFinite }
          record.figures[StudyResults.leak] = bench.leak
          record.series = measured.series
          record.texts = measured.texts
        }
      }
    } catch {
      if let failure { throw failure }
      if error.code == .cancelled { throw error }
      for name in cell.names where !given.contains(name) && !known.contains(name) {
        try finish(name) { $0.error = error.description }
      }
    }
  }
}

/// What measuring a cell has from the run that it is part of.
public struct StudyContext: Sendable {
  /// Id of the run.
  public var run: String
  /// Tells how long a record took.
  public var clock: any RunClock
  /// Threads of a cell, at most.
  public var threads: Int
  /// Where cells that take long are kept; nil for nowhere.
  public var shelf: (any StudyShelf)?
  public var isCancelled: @Sendable () -> Bool

  /// Creates a context; see the properties.
  public init(
    run: String, clock: any RunClock, threads: Int = 1, shelf: (any StudyShelf)? = nil,
    isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.run = run
    self.clock = clock
    self.threads = threads
    self.shelf = shelf
    self.isCancelled = isCancelled
  }
}

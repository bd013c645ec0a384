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
      cells: cells.map(\.name),
      selfCheck: selfCheck.map { SelfCheckRecord(name: $0.name, passed: $0.passed) })
  }

  /// Cells that `records` do not answer; failed ones are tried again.
  public func missing(from records: Records) -> [StudyCell] {
    cells.filter { records[key(of: $0)].map { $0.error != nil } ?? true }
  }

  private func key(of cell: StudyCell) -> StudyCellRecord.Key {
    StudyCellRecord.Key(
      study: record.name, protocolVersion: record.protocolVersion, stream: record.stream,
      cell: cell.name)
  }

  /// Measures `cell`. What goes wrong with it goes into its record.
  ///
  /// - Parameters:
  ///   - run: id of the run.
  ///   - clock: tells how long it took.
  /// - Throws: `cancelled` once `isCancelled` says so.
  public func measure(
    _ cell: StudyCell, run: String, clock: any RunClock, isCancelled: @escaping @Sendable () -> Bool
  ) throws(BPBError) -> StudyCellRecord {
    var result = StudyCellRecord(key: key(of: cell), run: run)
    let start = clock.now()
    do throws(BPBError) {
      let bench = StudyBench(text: text) { () throws(BPBError) in
        if isCancelled() { throw BPBError(.cancelled, "stopped") }
      }
      let measured = try cell.measure(bench)
      result.figures = measured.figures.filter { $0.value.isFinite }
      result.figures[StudyResults.leak] = bench.leak
      result.series = measured.series
      result.texts = measured.texts
    } catch {
      if error.code == .cancelled { throw error }
      result.error = error.description
    }
    result.seconds = clock.now() - start
    return result
  }
}

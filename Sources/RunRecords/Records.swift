/// What a records file holds.
public struct Records: Sendable, Equatable {
  /// In the order of the file.
  public internal(set) var runs: [RunRecord] = []
  /// What was wrong with the file and was put right, each a sentence for the user.
  public internal(set) var notices: [String] = []

  private var cellsByKey = KeyedList<CellRecord.Key, CellRecord>()
  private var prefixesByKey = KeyedList<ScaleKey, PrefixRecord>()
  private var frozenByKey = KeyedList<ScaleKey, FrozenRecord>()
  private var trainings = TrainingLines()
  private var studyCellsByKey = KeyedList<StudyCellRecord.Key, StudyCellRecord>()

  /// The records of `lines`.
  public init(_ lines: some Sequence<RecordLine> = []) {
    for line in lines { add(line) }
  }

  /// In the order of the file, one a key: a later cell takes the place of an earlier one.
  ///
  /// Cells of methods that failed are among them; whoever resumes a run has to repeat those.
  public var cells: [CellRecord] { cellsByKey.elements }
  /// Coded prefixes of scale runs, likewise.
  public var prefixes: [PrefixRecord] { prefixesByKey.elements }
  /// Frozen models of scale runs, likewise.
  public var frozen: [FrozenRecord] { frozenByKey.elements }
  /// Lines of training logs: one training after the other, each in the order of its steps. A line takes the place of
  /// all lines of its training from its step on.
  public var training: [TrainingRecord] { trainings.all }

  /// Cells of studies, one a key, in the order of the file; the later counts.
  public var studyCells: [StudyCellRecord] { studyCellsByKey.elements }

  /// The study's cell that measured what `key` says; nil if there is none.
  public subscript(key: StudyCellRecord.Key) -> StudyCellRecord? { studyCellsByKey[key] }

  /// The cell that measured what `key` says; nil if there is none.
  public subscript(key: CellRecord.Key) -> CellRecord? { cellsByKey[key] }

  /// These and `lines` after them.
  public func adding(_ lines: some Sequence<RecordLine>) -> Records {
    var records = self
    for line in lines { records.add(line) }
    return records
  }

  mutating func add(_ line: RecordLine) {
    switch line {
    case .run(let run): runs.append(run)
    case .cell(let cell): cellsByKey.set(cell, for: cell.key)
    case .prefix(let prefix): prefixesByKey.set(prefix, for: prefix.key)
    case .frozen(let frozen): frozenByKey.set(frozen, for: frozen.key)
    case .training(let training): trainings.add(training)
    case .study(let cell): studyCellsByKey.set(cell, for: cell.key)
    }
  }
}

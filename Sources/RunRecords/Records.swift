/// What a records file holds.
public struct Records: Sendable, Equatable {
  /// In the order of the file.
  public internal(set) var runs: [RunRecord] = []
  /// In the order of the file, one a key: a later cell takes the place of an earlier one.
  ///
  /// Cells of methods that failed are among them; whoever resumes a run has to repeat those.
  public internal(set) var cells: [CellRecord] = []
  /// What was wrong with the file and was put right, each a sentence for the user.
  public internal(set) var notices: [String] = []

  private var positions: [CellRecord.Key: Int] = [:]

  /// The records of `lines`.
  public init(_ lines: some Sequence<RecordLine> = []) {
    for line in lines { add(line) }
  }

  /// The cell that measured what `key` says; nil if there is none.
  public subscript(key: CellRecord.Key) -> CellRecord? { positions[key].map { cells[$0] } }

  mutating func add(_ line: RecordLine) {
    switch line {
    case .run(let run): runs.append(run)
    case .cell(let cell):
      if let position = positions[cell.key] {
        cells[position] = cell
      } else {
        positions[cell.key] = cells.count
        cells.append(cell)
      }
    }
  }
}

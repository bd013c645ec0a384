public import BPBCore

extension Records {
  /// Every record as a line: runs before what they measured, each kind in its order.
  public var lines: [RecordLine] {
    runs.map(RecordLine.run) + measurements
  }

  private var measurements: [RecordLine] {
    cells.map(RecordLine.cell) + prefixes.map(RecordLine.prefix) + frozen.map(RecordLine.frozen)
      + training.map(RecordLine.training) + studyCells.map(RecordLine.study)
  }

  /// What these and `later` hold, as one file: runs of the same plan are one run, and of two measurements of the
  /// same the later counts. Notices stay with the files that they are of.
  public func joined(with later: Records) -> Records {
    var joined = self
    joined.join(later)
    return joined
  }

  /// Adds what `later` holds, in place; see `joined(with:)`.
  public mutating func join(_ later: Records) {
    notices = []
    for run in later.runs { join(run) }
    // A line of a log that is there already is of a copy: it takes nothing away of what came after it.
    let earlier = later.training.isEmpty ? [] : training
    let logged = Dictionary(earlier.map { ($0.place, $0) }) { $1 }
    for line in later.measurements {
      if case .training(let line) = line, logged[line.place] == line { continue }
      add(line)
    }
  }

  private mutating func join(_ run: RunRecord) {
    for index in runs.indices {
      guard let both = runs[index].joined(with: run) else { continue }
      runs[index] = both
      return
    }
    runs.append(run)
  }

  /// Hands all lines to `sink`, some at a time, as the bytes of a records file.
  ///
  /// - Throws: what `sink` throws.
  public func write(to sink: ByteSink) throws(BPBError) {
    var piece: [UInt8] = []
    for line in lines {
      piece += try line.encoded()
      guard piece.count >= 1 << 16 else { continue }
      try sink(piece.span)
      piece.removeAll(keepingCapacity: true)
    }
    if !piece.isEmpty { try sink(piece.span) }
  }
}

extension TrainingRecord {
  fileprivate struct Place: Hashable {
    let key: Key
    let step: Int
  }

  /// The curve and the step on it.
  fileprivate var place: Place { Place(key: key, step: step) }
}

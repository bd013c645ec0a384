/// A cell that a run should have, and what became of it.
struct ExpectedCell {
  enum Outcome {
    /// Coded bytes, decoded and compared.
    case measured(Int)
    /// The method failed; with a clause that says how.
    case failed(String)
    /// There is a size, but decoding did not give the same bytes, or was not tried.
    case notVerified(String)
    /// There is no record of it, as when the run was stopped.
    case notMeasured(String)
  }

  let method: MethodRecord
  let policy: String
  let path: String?
  let bytes: Int
  let sha256: String
  let outcome: Outcome

  var key: Baseline.Key { .init(path: path, method: method.name, policy: policy) }
}

extension RunRecord {
  /// Every cell that the run asked for: its methods on its inputs, method by method.
  ///
  /// Cells are found by what they measured, so those of earlier runs count.
  func expectedCells(in cells: [CellRecord]) -> [ExpectedCell] {
    let byKey = Dictionary(cells.map { ($0.key, $0) }) { $1 }
    let isSolid = policy == Baseline.solidPolicy
    let inputs: [(path: String?, bytes: Int, sha256: String)] =
      isSolid
      ? [(nil, corpus.bytes, corpus.sha256)] : corpus.files.map { ($0.path, $0.bytes, $0.sha256) }
    return methods.flatMap { method in
      inputs.map { input in
        let key = CellRecord.Key(
          method: method.name, version: method.version, policy: policy, path: input.path,
          sha256: input.sha256, bytes: input.bytes)
        return ExpectedCell(
          method: method, policy: policy, path: input.path, bytes: input.bytes,
          sha256: input.sha256, outcome: .init(byKey[key]))
      }
    }
  }
}

extension ExpectedCell.Outcome {
  fileprivate init(_ cell: CellRecord?) {
    guard let cell else {
      self = .notMeasured("was not measured")
      return
    }
    if cell.verified == false {
      self = .notVerified(cell.error ?? "does not decode to the same bytes")
    } else if let size = cell.codedBytes, cell.error == nil {
      self = cell.verified == true ? .measured(size) : .notVerified("was not decoded and compared")
    } else {
      self = .failed(cell.error ?? "gave no size")
    }
  }
}

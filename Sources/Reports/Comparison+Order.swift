/// The orders in which a report can list its methods.
public enum ComparisonOrder: String, CaseIterable, Sendable {
  /// Fewest bits per byte first, the model charged where one has to be there already.
  case bitsPerByte = "bpb"
  case name
  /// Fastest encoder first.
  case speed
  /// Fastest decoder first.
  case decode
  /// Least memory first.
  case memory
  /// As asked for.
  case given
}

extension Comparison {
  /// The rows in `order`; equal ones, and all without a figure to sort by, as they were asked for.
  ///
  /// Whatever the figure, methods that failed or are not complete come last.
  public func rows(by order: ComparisonOrder) -> [ComparisonRow] {
    switch order {
    case .given: rows
    case .name: sorted { $0.label < $1.label }
    case .bitsPerByte: ranked { $0.chargedBitsPerByte }
    case .speed: ranked { $0.encodeSpeed.map(-) }
    case .decode: ranked { $0.decodeSpeed.map(-) }
    case .memory: ranked { $0.memoryBytes.map(Double.init) }
    }
  }

  private func ranked(by figure: (ComparisonRow) -> Double?) -> [ComparisonRow] {
    func rank(_ row: ComparisonRow) -> (Int, Double) {
      guard let figure = figure(row) else { return (2, 0) }
      return (row.isSound ? 0 : 1, figure)
    }
    return sorted { rank($0) < rank($1) }
  }

  private func sorted(
    by comesFirst: (ComparisonRow, ComparisonRow) -> Bool
  ) -> [ComparisonRow] {
    rows.enumerated().sorted { a, b in
      if comesFirst(a.element, b.element) { return true }
      return !comesFirst(b.element, a.element) && a.offset < b.offset
    }.map(\.element)
  }
}

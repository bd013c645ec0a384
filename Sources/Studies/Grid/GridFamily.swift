import NeuralModels

/// Kinds of models whose losses make a surface of size and data.
public enum GridFamily: String, CaseIterable, Sendable {
  case transformer, gru, lstm, mlp
  /// Kneser-Ney n-grams, cut down to the bits that a network's weights take.
  case table

  /// The sizes that rows are asked for by, the smallest first.
  public static let sizes = NamedSize.all.map(\.name)

  /// The network that a size means; nil for a table, which has none.
  ///
  /// A transformer is the named size itself. The others get the width that brings their parameters nearest to its.
  func architecture(_ size: String) -> Architecture? {
    let named = Architecture.size(size)
    let wanted = named.parameterCount
    switch self {
    case .transformer: return named
    case .table: return nil
    case .gru: return Self.nearest(to: wanted) { .gru(embedding: $1, width: $0, layers: 1) }
    case .lstm: return Self.nearest(to: wanted) { .lstm(embedding: $1, width: $0, layers: 1) }
    case .mlp:
      return Self.nearest(to: wanted) { .mlp(context: 16, embedding: $1, width: $0, layers: 1) }
    }
  }

  /// Of widths up to 4096, and embeddings of half the width between 4 and 64, the one whose count is nearest.
  private static func nearest(
    to wanted: Int, _ make: (_ width: Int, _ embedding: Int) -> Architecture
  ) -> Architecture {
    (1...512).map { width in make(8 * width, min(max(4 * width, 4), 64)) }
      .reversed().reduce(make(4, 4)) { best, candidate in
        abs(candidate.parameterCount - wanted) < abs(best.parameterCount - wanted)
          ? candidate : best
      }
  }
}

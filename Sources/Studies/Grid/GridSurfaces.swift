import RunRecords

/// The surfaces that a grid's records hold.
struct GridSurfaces {
  /// Of the corpus, by the first kind of network: what everything is read from.
  let corpus: GridSurface?
  /// The same kind of network on text of unlimited supply.
  let grammar: GridSurface?
  /// Other kinds of models on the corpus.
  let others: [GridSurface]

  init(_ results: StudyResults) {
    let points = results.cells.compactMap(GridPoint.init)
    var families: [GridFamily] = []
    for point in points where point.source == .corpus && !families.contains(point.family) {
      families.append(point.family)
    }
    let first = families.first { $0 != .table } ?? .transformer
    corpus = GridSurface(.corpus, first, in: points)
    grammar = GridSurface(.grammar, first, in: points)
    others = families.filter { $0 != first }.compactMap { GridSurface(.corpus, $0, in: points) }
  }

  var all: [GridSurface] { [corpus, grammar].compactMap { $0 } + others }
}

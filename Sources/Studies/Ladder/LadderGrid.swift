import Evidence
import Reports
import RunRecords

/// The networks that were trained on beginnings of the text, by size, text and seed.
struct LadderGrid {
  let results: StudyResults
  /// Beginnings of the text, in bytes, rising.
  let prefixes: [String]
  let seeds: [String]

  init(_ results: StudyResults) {
    self.results = results
    let cells = results.cells(where: ["text": "training"])
    prefixes = results.values(of: "bytes", in: cells)
      .sorted { Int($0) ?? 0 < Int($1) ?? 0 }
    seeds = results.values(of: "seed", in: cells)
  }

  /// Networks that are sent along with so many bytes, of all seeds or of one.
  func networks(_ bytes: String, seed: String? = nil) -> [StudyCellRecord] {
    results.cells(where: ["text": "training", "bytes": bytes]).filter {
      $0.parameter("network") != nil && (seed == nil || $0.parameter("seed") == seed)
    }
  }

  func online(_ bytes: String) -> [StudyCellRecord] {
    results.cells(where: ["text": "training", "bytes": bytes]).filter {
      $0.parameter("online") != nil
    }
  }

  private func curve(of cells: [StudyCellRecord]) -> TwoPartCurve {
    let points = cells.compactMap { cell in
      cell.figures["parameters"].flatMap { parameters in
        cell.figures["two-part"].map { TwoPartCurve.Point(parameters: parameters, total: $0) }
      }
    }
    return TwoPartCurve(points, margin: Claim.defaultMargin)
  }

  /// The curve of one seed.
  func curve(_ bytes: String, seed: String) -> TwoPartCurve {
    curve(of: networks(bytes, seed: seed))
  }

  /// Sizes in the order of the plan, with means over seeds.
  func sizes(_ bytes: String) -> [(name: String, cells: [StudyCellRecord])] {
    let cells = networks(bytes)
    return results.values(of: "network", in: cells).map { name in
      (name, cells.filter { $0.parameter("network") == name })
    }
  }

  /// The size whose mean total is least.
  func bestSize(_ bytes: String) -> (name: String, cells: [StudyCellRecord])? {
    sizes(bytes).filter { $0.cells.mean("two-part") != nil }
      .min { $0.cells.mean("two-part")! < $1.cells.mean("two-part")! }
  }

  /// Parameters of the best network of each seed; nil unless every seed's lies between two others.
  func bestParameters(_ bytes: String) -> [Double]? {
    let best = seeds.map { curve(bytes, seed: $0).best }
    let inside = best.compactMap { best -> Double? in
      if case .inside(let parameters) = best { parameters } else { nil }
    }
    return inside.count == best.count && !inside.isEmpty ? inside : nil
  }

  // MARK: How the best size grows

  /// Texts of which the best size is known on both sides.
  private var known: [(bytes: Double, parameters: [Double])] {
    prefixes.compactMap { bytes in
      bestParameters(bytes).flatMap { parameters in Double(bytes).map { ($0, parameters) } }
    }
  }

  /// The exponent of each seed, over the texts whose best size is known.
  var exponents: [Double] {
    let known = known
    return seeds.indices.compactMap { seed in
      TwoPartCurve.slope(
        through: known.map { (Mathematics.log2($0.bytes), Mathematics.log2($0.parameters[seed])) })
    }
  }

  /// Points that a slope needs at least: through two there is always a line.
  private static let leastTexts = 3

  /// Why the growth of the best size cannot be told; nil if it can.
  var refusal: String? {
    guard known.count < Self.leastTexts else { return nil }
    let reasons = prefixes.filter { bestParameters($0) == nil }.map(reason)
    return
      "inconclusive, as the best size is known of \(known.count) texts and \(Self.leastTexts) are needed"
      + (reasons.isEmpty ? "." : ": " + reasons.joined(separator: "; ") + ".")
  }

  private func reason(_ bytes: String) -> String {
    let best = seeds.map { curve(bytes, seed: $0).best }
    let place =
      best.contains(.atSmallest)
      ? "the smallest network is as good as any, so that a still smaller one might be better"
      : best.contains(.atLargest)
        ? "the largest network is as good as any, so that a still larger one might be better"
        : "not all networks were measured"
    return "of \(NumberFormat.whole(Double(bytes))) bytes \(place)"
  }
}

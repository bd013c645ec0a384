import Reports
import ScalingLaws

/// What a grid will cost and what it will be able to say, before it begins.
public struct GridForecast {
  private let rows: [GridRow]
  private let pace: GridPace
  private let threads: Int

  /// The forecast of `study` on `text` by so many threads.
  public init(
    _ study: GridStudy, on text: StudyText, preset: StudyPreset, seed: UInt64, threads: Int
  ) {
    rows = study.rows(on: text, preset: preset, seed: seed)
    pace = study.pace
    self.threads = threads
  }

  /// Seconds by the pace that was measured; tables of n-grams left out.
  public var seconds: Double { rows.reduce(0) { $0 + pace.seconds($1) } / Double(threads) }

  /// Floating-point operations of all products.
  var operations: Double {
    rows.reduce(0) { sum, row in
      sum + row.data.indices.reduce(0) { $0 + row.operations($1) + row.updateOperations($1) }
    }
  }

  /// One sentence each.
  public var sentences: [String] { [plan, cost] + conclusions }

  private var plan: String {
    let points = rows.reduce(0) { $0 + $1.data.count }
    let names = GridFamily.sizes.filter { size in rows.contains { $0.size == size } }
    return
      "\(NumberFormat.count(rows.count, "run", "runs")) of sizes \(names.joined(separator: ", ")), "
      + "\(NumberFormat.count(points, "cell", "cells")), a run for all amounts of data of one size, rate and seed"
  }

  private var cost: String {
    let speed = operations / seconds / Double(threads)
    return
      "\(GridFormat.operations(operations)) operations, about \(NumberFormat.duration(seconds)) on "
      + "\(NumberFormat.count(threads, "core", "cores")) at \(GridFormat.giga(speed)) Gop/s a core; the kernels' best, just "
      + "measured, is \(GridFormat.giga(pace.peak)), as far as other work let it"
  }

  // MARK: What it can conclude

  private var conclusions: [String] {
    guard
      let surface = rows.first.map({ first in
        rows.filter { $0.source == first.source && $0.family == first.family }
      }), let data = surface.first?.data
    else { return [] }
    let sizes = GridFamily.sizes.filter { size in surface.contains { $0.size == size } }
    let seeds = Set(surface.map(\.seed)).count
    let points = sizes.count * data.count
    let left = max(sizes.count - 1, 0) * max(data.count - 1, 0)
    return [
      "the law of size and data: five constants from \(points) points"
        + (points > SurfaceForm.additive.constants ? "" : ", too few")
        + "; tried on the largest size and the most data by \(left) of them"
        + (left > SurfaceForm.additive.constants ? "" : ", too few"),
      seeds > 1
        ? "the noise between runs: from \(seeds) seeds"
        : "the noise between runs: not from one seed",
      "best sizes at equal computation: "
        + (sizes.count >= IsoComputation.fewestSizes
          ? "if they lie among these sizes at \(GridComputation.fewestOptima) budgets or more"
          : "not from \(NumberFormat.count(sizes.count, "size", "sizes")), it takes "
            + "\(IsoComputation.fewestSizes)"),
    ]
  }
}

/// How a grid writes its numbers.
enum GridFormat {
  /// As `2.8e13`.
  static func operations(_ count: Double) -> String {
    guard count > 0, count.isFinite else { return "0" }
    var (digits, exponent) = (count, 0)
    while digits >= 9.95 { (digits, exponent) = (digits / 10, exponent + 1) }
    return "\(NumberFormat.fixed(digits, decimals: 1))e\(exponent)"
  }

  /// Thousand millions.
  static func giga(_ rate: Double) -> String { NumberFormat.fixed(rate / 1e9, decimals: 0) }
}

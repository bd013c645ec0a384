public import BPBCore
public import Charts
import Evidence
public import Measuring
import Reports
import RunRecords
import ScalingLaws

/// What a run may use, and what it is to reach.
public struct GridWish: Sendable, Equatable {
  /// Floating-point operations of learning.
  public var operations: Double?
  /// Seconds of learning on this machine.
  public var seconds: Double?
  /// Bytes of text that there are.
  public var bytes: Double?
  /// Parameters at most, as of a model that has to fit somewhere.
  public var parameters: Double?
  /// Bits per byte that are wanted.
  public var loss: Double?

  /// Nothing yet.
  public init() {}
}

/// The size to train and the loss to expect, by the law that was fitted to a grid.
public struct GridAdvice {
  /// The run; nil if what is wanted cannot be reached.
  private let plan: ComputePlan?
  private let reach: LossReach?
  private let wish: GridWish
  private let basis: PlanningBasis
  /// Whether computation is counted in seconds of this machine's cores.
  private let isTimed: Bool
  private let threads: Int

  /// The advice of the grid in `report`.
  ///
  /// - Parameters:
  ///   - threads: cores that train, for wishes in seconds.
  ///   - clock: for trials of how long learning takes here.
  /// - Throws: `badData` for a report of no grid, or of too few cells for a law; `usage` for a wish that the law has no answer to.
  public init(
    _ report: StudyReport, _ wish: GridWish, threads: Int, clock: any RunClock
  ) throws(BPBError) {
    try self.init(report.results, wish, threads: threads, clock: clock)
  }

  /// The same of a grid's results alone, by a law of so many draws.
  init(
    _ results: StudyResults, _ wish: GridWish, threads: Int, clock: any RunClock,
    draws: Int = GridLaws.usualDraws
  ) throws(BPBError) {
    let surface = GridSurfaces(results).corpus
    let laws = surface.map { GridLaws($0, seed: results.plan.seed, draws: draws) }
    guard let surface, let laws, let law = laws.basis else {
      throw BPBError(
        .badData, "holds too few cells of a grid for a law of size and data",
        advice: "let 'bpb grid' go on with the same records")
    }
    self.wish = wish
    self.threads = threads
    isTimed = wish.seconds != nil
    let costs = try isTimed ? Self.trials(surface, threads, clock) : Self.operations(surface)
    guard let curve = OperationsCurve(costs) else {
      throw BPBError(.badData, "holds cells of one size only, from which no plan follows")
    }
    basis = PlanningBasis(law.fit, law.uncertainty, laws.points, operations: curve)
    do throws(FitRefusal) {
      if let loss = wish.loss {
        let reach = try LossReach(
          loss: loss, basis, parameters: wish.parameters, data: wish.bytes)
        self.reach = reach
        if case .reachable(let found, _, _) = reach { plan = found } else { plan = nil }
      } else {
        reach = nil
        plan = try ComputePlan(
          basis,
          PlanLimits(
            computation: wish.seconds ?? wish.operations, data: wish.bytes,
            parameters: wish.parameters))
      }
    } catch {
      throw BPBError(.usage, error.description)
    }
  }

  /// Operations of learning from a byte, by size.
  private static func operations(
    _ surface: GridSurface
  ) -> [(parameters: Double, operations: Double)] {
    surface.sizes.compactMap { size in
      surface.tuned(size).first.map { ($0.parameters, $0.operations) }
    }
  }

  /// Seconds of learning from a byte with all `threads`, by size, as trials show them.
  private static func trials(
    _ surface: GridSurface, _ threads: Int, _ clock: any RunClock
  ) throws(BPBError) -> [(parameters: Double, operations: Double)] {
    let rows = surface.sizes.map {
      GridRow(
        source: .corpus, family: surface.family, size: $0,
        rate: GridRow.usualRate(surface.family, $0), seed: 1, data: [])
    }
    let pace = try GridPace(rows, clock)
    return zip(surface.sizes, rows).compactMap { size, row in
      guard let point = surface.tuned(size).first, let seconds = pace.secondsPerByte(row) else {
        return nil
      }
      return (point.parameters, seconds / Double(threads))
    }
  }

  // MARK: In words

  /// One sentence each.
  public var sentences: [String] {
    guard let plan else { return [unreachable] }
    return [run(plan), cost(plan)] + range(plan) + bounds(plan) + extrapolation(plan)
  }

  private func run(_ plan: ComputePlan) -> String {
    "Train \(NumberFormat.whole(plan.parameters)) parameters on \(NumberFormat.bytes(Int(plan.data))) of text, each byte once "
      + "(\(NumberFormat.fixed(plan.data / plan.parameters, decimals: 0)) bytes a parameter): expect "
      + "\(NumberFormat.fixed(plan.loss.value, decimals: 3)) bits per byte, 95 % interval "
      + "\(NumberFormat.interval(plan.loss.interval, decimals: 3))."
  }

  private func cost(_ plan: ComputePlan) -> String {
    let shown =
      isTimed
      ? "about \(NumberFormat.duration(plan.computation)) on "
        + NumberFormat.count(threads, "core", "cores") + " of this machine"
      : "\(GridFormat.operations(plan.computation)) floating-point operations"
    guard case .reachable(_, let least, let most) = reach else { return "It takes \(shown)." }
    let ends = [least, most].map { end in
      end.map { isTimed ? NumberFormat.duration($0) : GridFormat.operations($0) } ?? "any number"
    }
    return "It takes \(shown) (95 % interval \(ends[0]) to \(ends[1]))."
  }

  /// Where the best size may lie, if it is not one of the limits.
  private func range(_ plan: ComputePlan) -> [String] {
    guard plan.bestParameters.low < plan.bestParameters.high else { return [] }
    return [
      "The best size lies between \(Self.ends(plan.bestParameters)) parameters with as much certainty; near it the loss hardly "
        + "depends on the size."
    ]
  }

  private static func ends(_ interval: Interval) -> String {
    [interval.low, interval.high].map {
      $0 < 1e12 ? NumberFormat.whole($0) : GridFormat.operations($0)
    }.joined(separator: " and ")
  }

  private func bounds(_ plan: ComputePlan) -> [String] {
    plan.bounds.compactMap { bound in
      switch bound {
      case .computation: nil
      case .data: "There is no more text: with more a smaller loss would be in reach."
      case .parameters: "The size is the largest that is allowed: a larger one would do better."
      case .measuredData:
        "Nothing limits the data, and the law falls with them without end: taken is the most that was measured."
      case .measuredParameters:
        "Nothing limits the size, and the law falls with it without end: taken is the largest that was measured."
      }
    }
  }

  private func extrapolation(_ plan: ComputePlan) -> [String] {
    let factors = [
      ("parameters", plan.extrapolation.parameters), ("bytes", plan.extrapolation.data),
    ].filter { $0.1 != 1 }
    guard !factors.isEmpty else { return [] }
    let words = factors.map { name, factor in
      factor > 1
        ? "\(NumberFormat.fixed(factor, decimals: 1)) times the most \(name)"
        : "\(NumberFormat.fixed(1 / factor, decimals: 1)) times less than the fewest \(name)"
    }
    return [
      "Beware: this goes beyond what was measured (\(words.joined(separator: ", "))), where nobody knows that the law holds."
    ]
  }

  private var unreachable: String {
    guard case .unreachable(let floor) = reach, let loss = wish.loss else { return "" }
    return
      "\(NumberFormat.fixed(loss, decimals: 3)) bits per byte are out of reach: within these limits "
      + "\(NumberFormat.fixed(floor.value, decimals: 3)) remain by the law (95 % interval "
      + "\(NumberFormat.interval(floor.interval, decimals: 3)))."
  }

  // MARK: For programs

  /// The same as a value; numbers as they are.
  public var json: JSONValue {
    guard let plan else {
      guard case .unreachable(let floor) = reach else { return .null }
      return .object([("reachable", .bool(false)), ("floor", Self.json(floor))])
    }
    return .object([
      ("reachable", .bool(true)), ("parameters", .number(plan.parameters)),
      ("bytes", .number(plan.data)), ("loss", Self.json(plan.loss)),
      (isTimed ? "seconds" : "operations", .number(plan.computation)),
      ("best_parameters", Self.json(plan.bestParameters)),
      ("best_bytes", Self.json(plan.bestData)),
      ("bounds", .array(plan.bounds.map { .string($0.rawValue) })),
      (
        "extrapolation",
        .object([
          ("parameters", .number(plan.extrapolation.parameters)),
          ("bytes", .number(plan.extrapolation.data)),
        ])
      ),
    ])
  }

  private static func json(_ estimate: Estimate) -> JSONValue {
    .object([
      ("value", .number(estimate.value)), ("low", .number(estimate.interval.low)),
      ("high", .number(estimate.interval.high)),
    ])
  }

  private static func json(_ interval: Interval) -> JSONValue {
    .object([("low", .number(interval.low)), ("high", .number(interval.high))])
  }
}

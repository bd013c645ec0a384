import BPBCore
import Evidence
import RunRecords
import ScalingLaws

@testable import Studies

/// A made-up world in which the losses of a grid follow a known surface, and the records that a grid leaves of it.
struct GridWorld {
  /// Equal exponents, so that the best size grows as the root of the computation (where that is 6 N D); size and data matter
  /// alike at the middle of what is measured.
  var law = ChinchillaLaw(
    irreducible: 1.5, parameterCoefficient: 50, parameterExponent: 0.4, dataCoefficient: 165,
    dataExponent: 0.4)
  /// Another surface, by the number of the family.
  var surface: ((_ family: Int, _ parameters: Double, _ data: Double) -> Double)?
  /// All sizes.
  var options = {
    var options = GridOptions()
    options.sizes = GridFamily.sizes
    return options
  }()
  /// Of the corpus' training part.
  var textBytes = 1 << 25
  /// How much a run as a whole and each point of it miss the surface by, as shares of the loss.
  var noise = (row: 0.002, point: 0.002)
  /// Whether losses without a cool-down are there; best sizes take half the time without them.
  var hasTrunks = true
  /// Of the noise.
  var seed: UInt64 = 5
  /// What is left of the rows.
  var keeps = Self.isUsual

  /// The fewest sizes that a best size takes, and few amounts of data.
  static func small(
    _ sizes: [String] = ["3k", "10k", "30k", "100k"], textBytes: Int = 12 << 20,
    surface: ((_ family: Int, _ parameters: Double, _ data: Double) -> Double)? = nil
  ) -> GridWorld {
    var world = GridWorld(surface: surface)
    world.options.sizes = sizes
    world.options.seeds = 3
    world.hasTrunks = false
    world.textBytes = textBytes
    return world
  }

  /// Whether a row is one of the corpus, by the rate of its size.
  private static func isUsual(_ row: GridRow) -> Bool {
    row.source == .corpus && row.rate == GridRow.usualRate(row.family, row.size)
  }

  /// With every second amount of data: enough for a law, and fitted in half the time.
  var rows: [GridRow] {
    GridPlan(.standard, options).rows(textBytes: textBytes, seed: 1).filter(keeps).map { row in
      GridRow(
        source: row.source, family: row.family, size: row.size, rate: row.rate, seed: row.seed,
        data: row.data.enumerated().filter { $0.offset % 2 == (row.data.count - 1) % 2 }.map(
          \.element))
    }
  }

  func results() -> StudyResults {
    let rows = rows
    let plan = StudyRecord(
      name: "grid", protocolVersion: GridStudy().protocolVersion, preset: "standard", seed: 1,
      stream: "stream",
      training: .init(bytes: textBytes, sha256: ""), tune: .init(bytes: 1, sha256: ""),
      test: .init(bytes: Self.testBytes, sha256: ""), blockSize: 2048, overlap: nil,
      cells: rows.flatMap { row in row.data.map { row.name($0) } },
      selfCheck: [SelfCheckRecord(name: "one", passed: true)])
    var generator = SeededGenerator(seed: seed)
    return StudyResults(
      plan, in: Records(rows.flatMap { records(of: $0, using: &generator) }))
  }

  private static let blocks = 15
  private static let testBytes = blocks * 2048

  private func records(
    of row: GridRow, using generator: inout SeededGenerator
  ) -> [RecordLine] {
    let common = noise.row * generator.normal()
    let family = options.families.firstIndex(of: row.family) ?? 0
    return row.data.indices.map { index in
      var record = StudyCellRecord(
        key: .init(
          study: "grid", protocolVersion: GridStudy().protocolVersion, stream: "stream",
          cell: row.name(row.data[index])),
        run: "r")
      record.figures = row.figures(index)
      func seen(_ data: Double) -> Double {
        let parameters = record.figures["parameters"]!
        let exact =
          surface?(family, parameters, data) ?? law.loss(parameters: parameters, data: data)
        return exact * Mathematics.exp(common + noise.point * generator.normal())
      }
      let loss = seen(Double(row.data[index]))
      record.figures["tune"] = loss
      if hasTrunks {
        record.figures["trunk_test"] = 1.02 * seen(record.figures["trunk_data"]!)
      }
      let bits = (0..<Self.blocks).map { 2048 * loss * ($0 % 2 == 0 ? 0.8 : 1.2) }
      record.series["test"] = bits
      record.figures["test"] = bits.reduce(0, +) / Double(Self.testBytes)
      return .study(record)
    }
  }
}

import NeuralModels
import Testing

@testable import Studies

@Suite struct GridPlanTests {
  private func rows(
    _ preset: StudyPreset = .quick, textBytes: Int = 1 << 21,
    _ change: (inout GridOptions) -> Void = { _ in }
  ) -> [GridRow] {
    var options = GridOptions()
    change(&options)
    return GridPlan(preset, options).rows(textBytes: textBytes, seed: 7)
  }

  private func corpus(
    _ preset: StudyPreset = .quick, textBytes: Int = 1 << 21,
    _ change: (inout GridOptions) -> Void = { _ in }
  ) -> [GridRow] {
    rows(preset, textBytes: textBytes, change).filter { $0.source == .corpus }
  }

  // MARK: Amounts of data

  @Test(arguments: StudyPreset.allCases, [1 << 18, 1_000_000, 1 << 23, 1 << 30])
  func amountsAreWholeBatchesAndHalvesOfEachOther(preset: StudyPreset, textBytes: Int) {
    for row in rows(preset, textBytes: textBytes) {
      #expect(row.data.allSatisfy { $0.isMultiple(of: GridRow.batchBytes) })
      #expect(row.data.first! >= GridPlan.leastData)
      #expect(row.data.first! / 2 < GridPlan.leastData, "down to the least there may be")
      for (less, more) in zip(row.data, row.data.dropFirst()) {
        #expect(abs(more - 2 * less) <= 2 * GridRow.batchBytes)
      }
      guard row.source == .corpus else { continue }
      let most = [StudyPreset.quick: 1 << 21, .standard: 1 << 24, .full: 1 << 26][preset]!
      let cap = min(most, textBytes - 2 * GridRow.batchBytes)
      #expect(row.data.last! <= cap && row.data.last! > cap - GridRow.batchBytes)
    }
  }

  /// Text without end is seen for as long as the computation allows: twice as much would exceed it, but for the smallest.
  @Test(arguments: StudyPreset.allCases)
  func withoutEndSizesMeetAtEqualComputation(preset: StudyPreset) {
    let plan = GridPlan(preset, GridOptions())
    let part = plan.parts.first { $0.source == .grammar }!
    for row in rows(preset, textBytes: 1 << 23) where row.source == .grammar {
      let each = row.figures(0)["operations_per_byte"]!
      let most = row.data.last!
      #expect(Double(most) * each <= part.mostOperations! || most == GridPlan.leastData)
      #expect(2 * Double(most) * each > part.mostOperations! || most == part.mostData)
    }
  }

  @Test func aTextThatIsTooSmallGivesNoRows() {
    let least = GridPlan.leastData + 2 * GridRow.batchBytes
    #expect(rows(textBytes: least).contains { $0.source == .corpus })
    for textBytes in [0, 1000, least - 1] {
      #expect(rows(textBytes: textBytes).isEmpty, "not those on other text either")
      #expect(rows(textBytes: textBytes) { $0.families = [.gru, .mlp] }.isEmpty)
    }
    var options = GridOptions()
    options.tableControl = true
    #expect(GridPlan(.quick, options).tables(textBytes: least - 1).isEmpty)
    #expect(GridPlan(.quick, options).tables(textBytes: least).count == 5)
  }

  // MARK: Rates and seeds

  @Test(arguments: StudyPreset.allCases) func everySizeRunsByTheRateOfTheLargest(
    preset: StudyPreset
  ) {
    let rows = corpus(preset, textBytes: 1 << 23)
    let sizes = GridFamily.sizes.filter { size in rows.contains { $0.size == size } }
    #expect(sizes.last == [.quick: "300k", .standard: "1M", .full: "3M"][preset])
    let one = GridRow.usualRate(.transformer, sizes.last!)
    for size in sizes {
      let rates = rows.filter { $0.size == size }.map(\.rate)
      #expect(rates.contains(one))
      #expect(Set(rates) == [one, GridRow.usualRate(.transformer, size)])
    }
    #expect(Set(rows).count == rows.count, "nothing is run twice")
  }

  @Test func seedsFollowThatOfTheRun() {
    func seeds(_ size: String, _ rows: [GridRow]) -> [UInt64] {
      let usual = GridRow.usualRate(.transformer, size)
      return rows.filter { $0.size == size && $0.rate == usual }.map(\.seed)
    }
    #expect(seeds("3k", corpus()) == [7, 8])
    #expect(seeds("3k", corpus(.standard)) == [7, 8, 9])
    #expect(seeds("1M", corpus(.standard)) == [7], "one of the largest size takes long enough")
    #expect(seeds("1M", corpus(.standard) { $0.seeds = 3 }) == [7, 8, 9], "but as asked for")
    let four = corpus { $0.seeds = 4 }
    #expect(seeds("300k", four) == [7, 8, 9, 10])
    let other = GridRow.usualRate(.transformer, "300k")
    #expect(four.filter { $0.size == "3k" && $0.rate == other }.map(\.seed) == [7])
  }

  @Test func tuningTriesHalfAndTwiceTheUsualRate() {
    let usual = GridRow.usualRate(.transformer, "30k")
    let one = GridRow.usualRate(.transformer, "300k")
    let rates = Set(corpus { $0.tunes = true }.filter { $0.size == "30k" }.map(\.rate))
    #expect(rates == [usual / 2, usual, usual * 2, one])
    #expect(!corpus().contains { $0.size == "30k" && $0.rate == usual / 2 })
  }

  // MARK: Sizes and families

  @Test func sizesAreThoseAskedFor() {
    let rows = rows { $0.sizes = ["3k", "1M"] }
    #expect(Set(rows.filter { $0.source == .corpus }.map(\.size)) == ["3k", "1M"])
    #expect(Set(rows.filter { $0.source == .grammar }.map(\.size)) == ["3k"])
    let one = GridRow.usualRate(.transformer, "1M")
    #expect(rows.contains { $0.source == .corpus && $0.size == "3k" && $0.rate == one })
  }

  @Test func otherFamiliesStandBesideTheFirst() {
    let rows = rows { $0.families = [.gru, .transformer] }
    #expect(rows.first?.family == .gru)
    #expect(Set(rows.filter { $0.source == .grammar }.map(\.family)) == [.gru])
    let second = rows.filter { $0.family == .transformer }
    #expect(second.map(\.size).contains("100k") && !second.map(\.size).contains("300k"))
    for row in second {
      #expect(row.rate == GridRow.usualRate(.transformer, row.size), "no one rate for all")
    }
  }

  @Test func tablesAreAControlOrAFamily() {
    func tables(_ change: (inout GridOptions) -> Void) -> [GridTable] {
      var options = GridOptions()
      change(&options)
      return GridPlan(.quick, options).tables(textBytes: 1 << 20)
    }
    #expect(tables { _ in }.isEmpty)
    let control = tables { $0.tableControl = true }
    #expect(control.map(\.size).contains("300k") && !control.map(\.size).contains("1M"))
    let amounts = Set(corpus(textBytes: 1 << 20).flatMap(\.data))
    #expect(Set(control.map(\.bytes)) == amounts, "at the networks' amounts of data")
    let once = tables {
      $0.families = [.transformer, .table]
      $0.tableControl = true
    }
    #expect(Set(once.flatMap(\.cell.names)).count == once.count)
    #expect(rows { $0.families = [.transformer, .table] }.allSatisfy { $0.family != .table })
  }

  @Test func theLargestSizeIsLeftOutWhereTimeIsShort() {
    let text = StudyText(
      training: [UInt8](repeating: 97, count: 150_000), tune: smallText.tune, test: smallText.test,
      stream: "stream")
    var counts: [Int] = []
    var study: GridStudy? = GridStudy()
    while let smaller = study {
      let rows = smaller.rows(on: text, preset: .quick, seed: 1).filter { $0.source == .corpus }
      let sizes = GridFamily.sizes.filter { size in rows.contains { $0.size == size } }
      #expect(sizes == Array(GridFamily.sizes.prefix(sizes.count)))
      counts.append(sizes.count)
      study = smaller.withoutLargestSize(.quick)
    }
    #expect(counts == [5, 4, 3], "no fewer than a law takes")
  }

  /// Of all widths there is none whose count is nearer, and it is near.
  @Test(arguments: [GridFamily.gru, .lstm, .mlp], GridFamily.sizes)
  func otherFamiliesHaveTheNamedSizes(family: GridFamily, size: String) throws {
    let wanted = Architecture.size(size).parameterCount
    let count = try #require(family.architecture(size)).parameterCount
    let ratio = Double(count) / Double(wanted)
    #expect((0.75...1.25).contains(ratio), "\(family) \(size): \(ratio)")
    let others = (1...512).map { step -> Int in
      let (width, embedding) = (8 * step, min(4 * step, 64))
      let other: Architecture =
        switch family {
        case .gru: .gru(embedding: embedding, width: width, layers: 1)
        case .lstm: .lstm(embedding: embedding, width: width, layers: 1)
        default: .mlp(context: 16, embedding: embedding, width: width, layers: 1)
        }
      return abs(other.parameterCount - wanted)
    }
    #expect(others.allSatisfy { $0 >= abs(count - wanted) })
  }

  @Test func transformersAreTheNamedSizes() {
    #expect(GridFamily.sizes == NamedSize.all.map(\.name))
    for size in NamedSize.all {
      #expect(GridFamily.transformer.architecture(size.name) == size.architecture)
    }
    #expect(GridFamily.table.architecture("3k") == nil)
  }
}

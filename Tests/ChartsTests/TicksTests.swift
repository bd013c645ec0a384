import Testing

@testable import Charts

@Suite struct TicksTests {
  private func labels(
    _ domain: ClosedRange<Double>, _ scale: Chart.Axis.Scale = .linear,
    unit: Chart.Axis.Unit = .number, most: Int = 6
  ) -> [String] {
    Ticks.of(Chart.Axis("", scale: scale, unit: unit), domain, most: most).compactMap(\.label)
  }

  @Test func linearStepsAreOneTwoOrFive() {
    #expect(labels(0...10) == ["0", "2", "4", "6", "8", "10"])
    #expect(labels(1.62...2.18) == ["1.7", "1.8", "1.9", "2.0", "2.1"])
    #expect(labels(-0.3...0.3, most: 7) == ["−0.3", "−0.2", "−0.1", "0", "0.1", "0.2", "0.3"])
    #expect(
      labels(0...2_500_000, most: 6) == [
        "0", "500,000", "1,000,000", "1,500,000", "2,000,000", "2,500,000",
      ])
    #expect(labels(0...4e9) == ["0", "10⁹", "2 × 10⁹", "3 × 10⁹", "4 × 10⁹"])
  }

  @Test func logarithmicTicksAreDecades() {
    #expect(labels(0.5...2000, .logarithmic) == ["1", "10", "100", "1,000"])
    #expect(labels(0.9...110, .logarithmic, most: 8) == ["1", "2", "5", "10", "20", "50", "100"])
    #expect(labels(1e-9...1e9, .logarithmic, most: 4).count <= 4)
    let minor = Ticks.of(Chart.Axis("", scale: .logarithmic), 1...1000, most: 4)
    #expect(minor.count == 28 && minor.count { $0.label == nil } == 24)
  }

  @Test func shortLogarithmicAxesHaveEvenSteps() {
    #expect(labels(1.4...5, .logarithmic) == ["2", "3", "4", "5"])
  }

  @Test func bytesArePowersOfTwo() {
    #expect(
      labels(900...70_000, .logarithmic, unit: .bytes, most: 8) == [
        "1 KiB", "2 KiB", "4 KiB", "8 KiB", "16 KiB", "32 KiB", "64 KiB",
      ])
    #expect(
      labels(1000...2e9, .logarithmic, unit: .bytes, most: 6) == [
        "1 KiB", "32 KiB", "1 MiB", "32 MiB", "1 GiB",
      ])
    #expect(
      labels(0...2_097_152, unit: .bytes, most: 5) == [
        "0 B", "512 KiB", "1 MiB", "1.5 MiB", "2 MiB",
      ])
  }

  @Test(arguments: [1.0, 1e-250, 1e250, 7.3e-5, 299_792_458]) func everyScaleHasTicks(size: Double)
  {
    for scale in [Chart.Axis.Scale.linear, .logarithmic] {
      for unit in [Chart.Axis.Unit.number, .bytes] where size < 1e18 {
        let ticks = Ticks.of(Chart.Axis("", scale: scale, unit: unit), size...size * 3, most: 5)
        #expect(ticks.allSatisfy { $0.value.isFinite })
        #expect(ticks.count { $0.label != nil } <= 6)
      }
    }
  }

  @Test func namesThatMoveApartKeepTheirOrder() {
    #expect(ChartLayout.spread([10, 11, 12], by: 5, within: 0...100) == [10, 15, 20])
    #expect(ChartLayout.spread([90, 98, 99], by: 5, within: 0...100) == [90, 95, 100])
  }
}

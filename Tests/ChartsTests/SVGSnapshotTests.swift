import Charts
import Testing
import _TestSupport

@Suite struct SVGSnapshotTests {
  @Test(arguments: SampleCharts.all.map(\.name)) func svg(name: String) throws {
    let chart = try #require(SampleCharts.all.first { $0.name == name }?.chart)
    let failure = Snapshot.failure(of: SVGRenderer().render(chart), named: name + ".svg")
    if let failure { Issue.record("\(failure)") }
  }
}

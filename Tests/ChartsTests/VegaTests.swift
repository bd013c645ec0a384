import Charts
import Testing
import _TestSupport

@Suite struct VegaTests {
  @Test(arguments: SampleCharts.all.map(\.name)) func snapshot(name: String) throws {
    let chart = try #require(SampleCharts.all.first { $0.name == name }?.chart)
    let text = VegaRenderer().render(chart)
    let failure = Snapshot.failure(of: text, named: name + ".vl.json")
    if let failure { Issue.record("\(failure)") }
  }

  @Test func namesFromOutsideAreValuesOnly() {
    // An expression is where a name could do harm; ours have none in them.
    let text = VegaRenderer().render(SampleCharts.hostile)
    #expect(!text.contains("Expr") && !text.contains("\u{202E}"))
  }
}

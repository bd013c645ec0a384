import Crypto
import FoundationEssentials
import Testing
import _TestSupport

@testable import Charts

@Suite struct PageTests {
  private static let page = HTMLPage(
    title: SampleCharts.hostileNames[0], overline: SampleCharts.hostileNames[8],
    lead: .init(SampleCharts.hostileNames[2]),
    blocks: [
      .section(
        SampleCharts.hostileNames[0],
        [
          .paragraph(.init(SampleCharts.hostileNames.map(HTMLPage.Phrase.Piece.code))),
          .list(SampleCharts.hostileNames.map { .init([.strong($0)]) }),
          .figures(SampleCharts.hostileNames.map { .init($0, $0) }),
          .chart(SampleCharts.hostile), .code(SampleCharts.hostileNames.joined(separator: "\n")),
          .details(
            SampleCharts.hostileNames[0],
            [
              .table(
                .init(
                  caption: SampleCharts.hostileNames[1],
                  columns: [.text(SampleCharts.hostileNames[0])],
                  rows: SampleCharts.hostileNames.map { .init([$0], .failed) }))
            ]),
        ])
    ] + SampleCharts.all.map { .chart($0.chart) })

  @Test func nothingFromOutsideIsMarkup() {
    let text = Self.page.render()
    let reader = MarkupReader(text)
    #expect(reader.faults.isEmpty, "\(reader.faults)")
    #expect(reader.elements.count { $0.name == "script" } == 1)
    #expect(!reader.elements.flatMap(\.attributes).contains { $0.name.hasPrefix("on") })
    #expect(!text.contains("<b>") && !text.contains("\u{202E}") && !text.contains("]]>"))
    for name in [SampleCharts.hostileNames[0], SampleCharts.hostileNames[8], "]]>", "&amp;"] {
      #expect(reader.text.contains(name), "is shown as it is: \(name)")
    }
  }

  @Test func elementsHaveNamesOfTheirOwn() {
    let ids = MarkupReader(Self.page.render()).elements.compactMap { $0["id"] }
    #expect(Set(ids).count == ids.count && ids.count > 20)
  }

  @Test func thePolicyLetsOurScriptRunAndNoOther() throws {
    let text = Self.page.render()
    let script = try #require(
      text.split(separator: "<script>").last?.split(separator: "</script>").first)
    let digest = Data(SHA256.hash(data: Data(script.utf8))).base64EncodedString()
    #expect(PageScript.digest == digest, "write this digest beside the script")
    #expect(text.contains("default-src &#39;none&#39;") && text.contains("sha256-\(digest)&#39;"))
    #expect(script.utf8.count < 6000)
  }

  @Test func nothingIsFetched() {
    let text = Self.page.render()
    let reader = MarkupReader(text)
    for element in reader.elements {
      #expect(element["src"] == nil && element["href"] == nil, "\(element.name)")
    }
    #expect(!text.contains("@import") && !text.contains("url(h"))
    #expect(text.utf8.count < 1_000_000)
  }
}

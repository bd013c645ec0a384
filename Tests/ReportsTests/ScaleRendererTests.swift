import FoundationEssentials
import RunRecords
import ScalingLaws
import Testing

@testable import Reports

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct ScaleRendererTests {
  /// Names of somebody who wishes us ill, in records that bpb did not write.
  private static let evil = "-evil|`<i>@all\u{202E}</i>\u{1B}]0;x\u{7}很长的名字很长的名字\n=1+1"
  private static let long = "=" + String(repeating: "verylong:", count: 12)

  /// A report with every table and all that text can do, its laws refused for want of sizes.
  private static let report: ScaleReport = {
    var sample = ScaleSample()
    sample.plan.sizes = [1000, 100_000, 110_000]
    sample.plan.source = SourceRecord(
      name: evil, entropyLow: 1, entropyHigh: 1.5, prefixBits: [1, 2, .infinity], heldOutBits: nil,
      parameterBits: [1, 2, 1e300])
    sample.plan.overlap = .init(width: 32, windows: 100, found: 7, cleanBlocks: [1])
    sample.plan.selfCheck = [.init(name: evil, passed: false)]
    sample.files = [.init(path: evil + long, bytes: 110_000, sha256: evil)]
    sample.precision = evil
    sample.add(evil) { _, bytes in bytes / 3 }
    sample.add(long) { _, bytes in bytes / 2 }
    sample.addModel(evil, model: { $0 / 7 })
    sample.add("failed") { _, _ in nil }
    sample.add(
      .prefix(sample.prefix("failed", sample.plan.windows[0], 1000, coded: nil, error: evil)))
    sample.add("not measured") { _, _ in nil }
    return ScaleReport(sample.summary)
  }()

  /// A report with laws.
  static let lawful: ScaleReport = {
    var sample = ScaleSample()
    sample.add("zlib:9") { _, bytes in
      Int((Double(bytes) / 8 * (2 + 40 * pow(Double(bytes), -0.4))).rounded())
    }
    return ScaleReport(sample.summary)
  }()

  private func harm(_ text: String) -> [UInt32] {
    text.unicodeScalars.filter { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
      default: false
      }
    }.map(\.value).filter { $0 != 10 && $0 != 13 }
  }

  @Test(arguments: [0, 40, 57, 80, 200])
  func noLineIsWiderThanTheTerminal(width: Int) {
    for report in [Self.report, Self.lawful] {
      let text = ScaleTextRenderer(width: width, color: false).render(report)
      for line in text.split(separator: "\n") where DisplayWidth.of(String(line)) > max(width, 40) {
        Issue.record("\(DisplayWidth.of(String(line))) columns of \(width): \(line)")
      }
      #expect(text.hasSuffix("\n") && harm(text).isEmpty)
    }
  }

  @Test func everyTableIsThereWithAllItsColumns() {
    let text = ScaleTextRenderer(width: 40, color: false).render(Self.lawful)
    let tables = Self.lawful.tables
    #expect(tables.map(\.kind) == [.curve(.coded), .curve(.marginal), .laws])
    for table in tables {
      for head in table.heads { #expect(text.contains(head)) }
    }
    #expect(Self.report.tables.count == 5)
  }

  @Test func colourChangesNothingButTheCodes() {
    let plain = ScaleTextRenderer(width: 80, color: false).render(Self.report)
    let coloured = ScaleTextRenderer(width: 80, color: true).render(Self.report)
    #expect(plain != coloured)
    #expect(coloured.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == plain)
  }

  @Test func everyRowOfMarkdownHasItsHeadersCells() {
    let text = ScaleMarkdownRenderer().render(Self.report)
    #expect(harm(text).isEmpty)
    let blocks = text.split(separator: "\n\n").filter { $0.hasPrefix("|") }
    #expect(blocks.count == Self.report.tables.count)
    for (block, table) in zip(blocks, Self.report.tables) {
      let rows = block.split(separator: "\n")
      #expect(rows.count == table.rows.count + 2)
      for row in rows {
        let bars = row.replacing("\\\\", with: "").replacing("\\|", with: "").count { $0 == "|" }
        #expect(bars == table.heads.count + 1, "\(row)")
        #expect(!row.contains("<i>") && !row.contains("`<"), "\(row)")
      }
    }
  }

  @Test func nothingInASentenceEndsItsBlock() {
    let text = ScaleMarkdownRenderer().render(Self.report)
    let fences = text.split(separator: "\n").filter { $0.hasPrefix("```") }
    #expect(fences.count == 4 && text.hasPrefix("```"))
  }

  @Test func csvReadsBack() {
    let text = ScaleCSVRenderer().render(Self.report)
    #expect(harm(text).isEmpty)
    let rows = parseCSV(text)
    let header = "method,version,kind,bytes,windows,bits_per_byte,standard_deviation"
    #expect(rows[0].joined(separator: ",") == header)
    for row in rows { #expect(row.count == 7, "\(row)") }
    for cell in rows.joined() {
      #expect(!"=+-@".unicodeScalars.contains(cell.unicodeScalars.first ?? " "), "\(cell)")
    }
    // Two methods of three sizes and two stretches; a model of two sizes, in one more window at the first.
    #expect(rows.filter { $0[2] == "coded" }.count == 6)
    #expect(rows.filter { $0[2] == "marginal" }.count == 4)
    #expect(
      rows.filter { $0[2] == "heldout" }.map { $0[3...5] } == [
        ["1000", "2", "2.0"], ["100000", "1", "2.0"],
      ])
    #expect(rows.filter { $0[2] == "model" }.map { $0[5] } == ["1.136", "1.1428"])
    #expect(rows.filter { $0[2] == "residual" }.map { $0[5] } == ["2.0", "2.0"])
  }

  @Test func jsonReadsBack() throws {
    let text = ScaleJSONRenderer().render(Self.report)
    #expect(harm(text).isEmpty)
    let document = try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8))
    #expect(document["bytes"] == 110_000 && document["held_out_bytes"] == 10_000)
    let methods = document["methods"].elements
    #expect(methods.count == 4)
    for (method, row) in zip(methods, Self.report.summary.rows) {
      #expect(method["method"] == .init(row.label))
      for kind in ScaleCurve.Kind.allCases {
        for (point, expected) in zip(method[kind.rawValue].elements, row.curve(kind).points) {
          #expect(point["bytes"] == .init(expected.bytes))
          #expect(point["bits_per_byte"] == .init(expected.mean))
          #expect(point["windows"].elements == expected.values.map { .init($0) })
        }
        #expect(method[kind.rawValue].elements.count == row.curve(kind).points.count)
      }
    }
    let frozen = methods[0]["frozen"].elements
    #expect(frozen[1]["bytes"] == 100_000 && frozen[1]["model_bytes"] == 14_285)
    #expect(frozen[1]["residual_bytes"] == 25_000 && frozen[1]["is_summary"] == .bool(true))
    #expect(methods[2]["errors"].elements.count == 1 && methods[3]["errors"].elements.isEmpty)
    #expect(document["reading"].elements.count == Self.report.reading.count)
    #expect(document["laws"].elements.allSatisfy { $0["refusal"] != .null })
    #expect(document["self_check"].elements.first?["passed"] == .bool(false))
    #expect(document["claims"].elements.isEmpty)
    let sizes = document["source"]["sizes"].elements
    #expect(sizes.map { $0["bytes"] } == [1000, 100_000, 110_000])
    let coded = try #require(Self.report.summary.rows[0].coded[1000]?.ofStream)
    #expect(
      sizes[0]["excess_bits"][Self.report.summary.rows[0].label] == .init(coded * 1000 - 1))
  }

  @Test func claimsAreThereWithTheirOutcomes() throws {
    var sample = ScaleSample()
    sample.add("ngram:2") { _, bytes in bytes / 4 }
    sample.addModel("ngram:2", model: { _ in 1 }, heldOut: { $1 < 100_000 ? 2 : 1.5 })
    let text = ScaleJSONRenderer().render(ScaleReport(sample.summary))
    let document = try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8))
    let claim = try #require(document["claims"].elements.first)
    #expect(claim["outcome"] == "supported" && claim["estimate"] == .init(0.5))
    #expect(claim["method"] == "ngram:2" && claim["expectation"] == "increase")
    #expect(document["source"] == .null)
  }

  @Test func csvHasWhatLawsExpect() throws {
    let rows = parseCSV(ScaleCSVRenderer().render(Self.lawful))
    let curve = try #require(Self.lawful.fits[0].fit)
    let expected = rows.filter { $0[2] == "law:coded" }
    #expect(expected.map { $0[3] } == ["1100000", "11000000"])
    #expect(expected.map { $0[5] } == curve.extrapolations.map { "\($0.loss)" })
    let floor = rows.first { $0[2] == "floor:coded" }
    #expect(floor?[5] == "\(curve.law.irreducible)" && floor?[3] == "")
  }

  @Test func whatIsMissingIsSaidBeforeTheFigures() {
    let preamble = Self.report.preamble
    #expect(preamble.last == "not measured: not measured.")
    #expect(
      preamble.contains { $0.hasPrefix("failed failed: -evil|`<i>@all\\xe2\\x80\\xae</i>\\x1b") })
    #expect(
      preamble.contains("7.0% of the held-out part's 32-byte stretches occur in training."))
    var stopped = ScaleSample()
    stopped.add("slow") { _, bytes in bytes > 16_000 ? nil : bytes }
    stopped.plan.sizes = [1000, 16_000, 110_000]
    #expect(
      ScaleReport(stopped.summary).preamble.last == "slow was measured up to D = 16,000 only.")
  }
}

@Suite struct ScaleLawReadingTests {
  /// The laws' sentences of a method that codes 1000, 2000, 4000 … bytes into so many.
  private func laws(_ coded: @escaping (_ bytes: Int) -> Int?) -> [String] {
    var sample = ScaleSample()
    sample.add("zlib:9") { window, bytes in window == 0 ? coded(bytes) : nil }
    return ScaleReport(sample.summary).laws
  }

  @Test func tooFewSizesHaveNoLaw() {
    let laws = laws { $0 < 64_000 ? nil : $0 / 2 }
    #expect(laws.count == 1 && laws[0].hasPrefix("zlib:9, coded: no law. The law has three "))
  }

  @Test func aLawThatIsNotIdentifiedIsNotExtrapolated() {
    let laws = laws { $0 / 2 + ($0 == 1000 ? 100 : 0) }
    #expect(laws.count == 1 && laws[0].hasPrefix("zlib:9, coded: not extrapolated. "), "\(laws)")
  }

  @Test func aGoodOneIsAndSaysWhereAMeasurementWouldLie() throws {
    let fit = try #require(ScaleRendererTests.lawful.fits[0].fit)
    #expect(abs(fit.law.irreducible - 2) < 0.02 && fit.refusal == nil)
    let sentence = try #require(ScaleRendererTests.lawful.laws.first)
    let far = try #require(fit.extrapolations.last)
    #expect(abs(far.loss - (2 + 40 * pow(110_000 * 100, -0.4))) < 0.01)
    #expect(
      sentence.hasPrefix(
        "zlib:9, coded: on 100 times the data the law expects "
          + "\(NumberFormat.fixed(far.loss, decimals: 3)) bits per byte, and a measurement between 2.0"
      ))
  }
}

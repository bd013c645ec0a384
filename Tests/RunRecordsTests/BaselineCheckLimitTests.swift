import BPBCore
import RunRecords
import Testing

@Suite struct BaselineCheckLimitTests {
  typealias Limit = BaselineCheck.Limit

  @Test(arguments: [
    ("exact", "exact"), ("0.5%", "0.5%"), ("0.50%", "0.5%"), ("12%", "12%"), ("0.01bpb", "0.01bpb"),
    ("64B", "64B"), ("2KiB", "2048B"), ("0B", "0B"), ("0%", "0%"), ("0.000001%", "0.000001%"),
    ("100.25%", "100.25%"),
  ])
  func limitsAreReadAndPrinted(text: String, printed: String) throws {
    let limit = try Limit(parsing: text)
    #expect(limit.description == printed)
    #expect(try Limit(parsing: printed) == limit)
  }

  @Test(arguments: [
    "", "5", "0.5", "%", "bpb", ".5%", "5.%", "-1%", "+1%", "1e3%", "1.2.3%", "0.0000001%", "1.5B",
    "1234567890%", "٣%", "nan%", "5 %", "Exact",
  ])
  func whatIsNoLimitIsRefused(text: String) {
    let error = #expect(throws: BPBError.self) { try Limit(parsing: text) }
    #expect(error?.code == .usage && error?.subject == "--tolerance" && error?.advice != nil)
  }

  /// Size in the baseline, limit, the limit in bytes: shares are rounded down.
  @Test(arguments: [
    (500, "exact", 0), (500, "0.5%", 2), (399, "0.5%", 1), (400, "0.5%", 2), (199, "0.5%", 0),
    (500, "64B", 64), (500, "0.01bpb", 1), (500, "0.008bpb", 1), (500, "0.0079bpb", 0),
    (500, "8bpb", 1000), (0, "50%", 0),
  ])
  func theLimitIsIncluded(coded: Int, text: String, bytes: Int) throws {
    let check = BaselineCheck(
      tolerance: try .init(parsing: [text]) { $0 }, isStrict: true)
    let row = BaselineSamples.row("a", coded: coded)
    let cases: [(delta: Int, exit: BaselineCheck.Exit)] = [
      (0, .held), (bytes, .held), (-bytes, .held), (bytes + 1, .regression),
      (-bytes - 1, .improvement),
    ]
    for (delta, exit) in cases where coded + delta >= 0 {
      let outcome = BaselineSamples.outcome(row, coded: coded + delta, check: check)
      #expect(outcome.exit == exit, "\(text) and \(delta)")
      #expect(outcome.findings.first?.comparison?.limitBytes == bytes)
    }
  }

  @Test(arguments: ["999999999%", "999999999bpb", "\(Int.max)B", "exact"])
  func figuresOfAnySizeAreCompared(text: String) throws {
    let check = BaselineCheck(
      tolerance: try .init(parsing: [text]) { $0 }, changedInputs: .compareBitsPerByte)
    for digit in ["a", "b"] as [Character] {
      for raw in [1, Int.max] {
        let exits = [(0, Int.max), (Int.max, 0), (Int.max, Int.max)].map { before, after in
          BaselineSamples.outcome(
            BaselineSamples.row("a", bytes: raw, coded: before), coded: after, bytes: raw,
            digit: digit, check: check
          ).exit
        }
        let isWide = text.hasSuffix("B") || (text.hasSuffix("bpb") && raw == .max)
        #expect(exits == [isWide ? .held : .regression, .held, .held])
      }
    }
  }

  /// Baseline 500 of 1000 bytes; the input then has other bytes, and bits per byte are compared.
  @Test(arguments: [
    (2000, 1000, "exact", BaselineCheck.Exit.held), (2000, 1001, "exact", .regression),
    (2000, 999, "exact", .improvement), (1001, 500, "exact", .improvement),
    (1001, 501, "exact", .regression), (2000, 1010, "1%", .held), (2000, 1011, "1%", .regression),
    (2000, 990, "1%", .held), (2000, 989, "1%", .improvement), (2000, 1064, "64B", .held),
    (2000, 1065, "64B", .regression), (2000, 1002, "0.01bpb", .held),
    (2000, 1003, "0.01bpb", .regression), (1, 0, "exact", .improvement),
    (0, 8, "exact", .inputsChanged),
  ])
  func changedInputsAreComparedByBitsPerByte(
    bytes: Int, coded: Int, text: String, exit: BaselineCheck.Exit
  ) throws {
    let check = BaselineCheck(
      tolerance: try .init(parsing: [text]) { $0 }, isStrict: true,
      changedInputs: .compareBitsPerByte)
    let outcome = BaselineSamples.outcome(
      BaselineSamples.row("a"), coded: coded, bytes: bytes, digit: "b", check: check)
    #expect(outcome.exit == exit)
    #expect(outcome.findings.first?.comparison?.isSameInput == false)
  }

  @Test func limitsOfOneMethodComeBeforeTheGeneralOne() throws {
    let tolerance = try BaselineCheck.Tolerance(
      parsing: ["ngram:order=5:memory=64MiB=0.5%", "64B", "z=exact"]
    ) { $0 == "z" ? "zlib:9" : $0 }
    #expect(tolerance.limit(for: "zlib:9") == .exact)
    #expect(tolerance.limit(for: "xz:6") == .bytes(64))
    #expect(tolerance.limit(for: "ngram:order=5:memory=64MiB").description == "0.5%")
    #expect(tolerance.description == "64B, ngram:order=5:memory=64MiB 0.5%, zlib:9 exact")
    #expect(BaselineCheck.Tolerance().description == "exact")
    let error = #expect(throws: BPBError.self) { try tolerance.validate(for: ["zlib:8", "xz:6"]) }
    #expect(error?.code == .usage && error?.problem.contains("ngram") == true)
    #expect(throws: Never.self) {
      try tolerance.validate(for: ["zlib:9", "ngram:order=5:memory=64MiB"])
    }
  }

  @Test(arguments: [["1%", "2%"], ["zlib:9=1%", "zlib:9=2%"], ["zlib:9="], ["=1%"]])
  func limitsThatSayNothingClearAreRefused(texts: [String]) {
    let error = #expect(throws: BPBError.self) {
      try BaselineCheck.Tolerance(parsing: texts) { name throws(BPBError) in
        guard !name.isEmpty else { throw BPBError(.usage, "a method name is empty") }
        return name
      }
    }
    #expect(error?.code == .usage)
  }
}

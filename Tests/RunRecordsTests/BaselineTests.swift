import BPBCore
import RunRecords
import SystemPackage
import Testing

@Suite struct BaselineTests {
  static let header = "path,method,policy,bytes,coded_bytes,sha256,version\n"
  static let rest = "zlib:9,per-file,1000,500,\(BaselineSamples.hash("a")),1.2.13\n"

  @Test func isSortedCSVWithOneRowALine() {
    let baseline = Baseline([
      BaselineSamples.row("b", method: "zlib:9"), BaselineSamples.row("a", method: "zlib:9"),
      BaselineSamples.row("a", method: "xz:6", version: nil),
      BaselineSamples.row(nil, policy: "solid"), BaselineSamples.row("a b/é"),
    ])
    let hash = BaselineSamples.hash("a")
    #expect(
      baseline.csv == """
        path,method,policy,bytes,coded_bytes,sha256,version
        *,zlib:9,solid,1000,500,\(hash),1.2.13
        a,xz:6,per-file,1000,500,\(hash),
        a,zlib:9,per-file,1000,500,\(hash),1.2.13
        a b/é,zlib:9,per-file,1000,500,\(hash),1.2.13
        b,zlib:9,per-file,1000,500,\(hash),1.2.13

        """)
  }

  static let hostileNames = [
    "a,b", "\"", "\"\"a\"", "a \"\u{301}q\"", " ", "*", "./=1+1", "./-x", "'quoted'", "''", "<b>",
    "e\u{301}.txt", "\u{e9}.txt", "<<<<<<< a", SafeText.escape(bytes: [0xFF, 10, 13, 27, 92]), "中文",
  ]

  @Test func hostileNamesComeBack() throws {
    var rows = Self.hostileNames.map { BaselineSamples.row($0) }
    rows += ["=x", "-evil", "'", "model:\"a,\nb\"", "@a"].map {
      BaselineSamples.row("a", method: $0, version: "=1+1")
    }
    let baseline = Baseline(rows)
    #expect(baseline.rows.count == rows.count)
    let read = try Baseline(parsing: Array(baseline.csv.utf8), of: "x")
    #expect(read == baseline)
    #expect(read.csv.utf8.elementsEqual(baseline.csv.utf8))
    #expect(!baseline.csv.contains("\n=") && !baseline.csv.contains(",="))
  }

  @Test func theOrderOfRowsMakesNoDifference() {
    let rows = Self.hostileNames.map { BaselineSamples.row($0) }
    #expect(Baseline(rows.reversed()).csv == Baseline(rows).csv)
  }

  @Test func linesMayEndInCRLF() throws {
    let baseline = Baseline([BaselineSamples.row("a"), BaselineSamples.row("b")])
    let text = baseline.csv.unicodeScalars.map { $0 == "\n" ? "\r\n" : String($0) }.joined()
    #expect(try Baseline(parsing: Array(text.utf8), of: "x") == baseline)
  }

  static let damaged: [(text: String, problem: String)] = [
    ("", "line 1 is empty; it should name the columns"),
    ("path,method\n", "line 1 has no column 'policy'"),
    ("method,path,policy,bytes,coded_bytes,sha256,version\n", "line 1 should be path,method,"),
    ("path,colour\n", "line 1 has a column that this bpb does not know, 'colour'"),
    ("\u{1F}\n", "line 1 has a column that this bpb does not know, '\\x1f'"),
    (header + "\n", "line 2 has 1 fields instead of 7"),
    (header + "a," + rest + "b,zlib:9\n", "line 3 has 2 fields instead of 7"),
    (header + "a," + rest + "<<<<<<< HEAD\n", "line 3 is the mark of a merge that"),
    (header + "a," + rest + "a," + rest, "line 3 has the path, method and policy of line 2"),
    (header + "a," + rest.dropLast(), "line 2 is cut short: it has no end"),
    (header + "\"a\nb\"\"," + rest, "line 2 begins with a record whose quote is not closed"),
    (header + "a\"," + rest, "line 2 has a quote inside a field that is not quoted"),
    (header + "\"a\"b," + rest, "line 2 has text between a closing quote and the next comma"),
    (header + "a\rb," + rest, "line 2 has a carriage return that ends no line"),
    (header + "," + rest, "line 2 has a path that bpb would write otherwise, ''"),
    (header + "a\\," + rest, "line 2 has a path that bpb would write otherwise, 'a\\\\'"),
    (header + "\"a\nb\"," + rest, "line 2 has a path that bpb would write otherwise, 'a\\x0ab'"),
    (header + "a,,per-file,1,1,\(BaselineSamples.hash("a")),\n", "line 2 has an empty field"),
    (header + "a,m,solid,1,1,\(BaselineSamples.hash("a")),\n", "line 2 names a file, but under"),
    (header + "a,m,p,-1,1,\(BaselineSamples.hash("a")),\n", "line 2 has '-1' where a number of"),
    (header + "a,m,p,1,+1,\(BaselineSamples.hash("a")),\n", "line 2 has '+1' where a number of"),
    (
      header + "a,m,p,1,99999999999999999999,\(BaselineSamples.hash("a")),\n",
      "line 2 has '99999999999999999999' where a number of"
    ),
    (header + "a,m,p,1,1,\(BaselineSamples.hash("A")),\n", "line 2 has 'AAAAAAA"),
    (header + "a,m,p,1,1,abc,\n", "line 2 has 'abc' where a SHA-256 should be"),
  ]

  @Test(arguments: damaged)
  func whatIsNotABaselineIsRefusedWithItsLine(text: String, problem: String) {
    let error = #expect(throws: BPBError.self) {
      try Baseline(parsing: Array(text.utf8), of: "base.csv")
    }
    #expect(error?.code == .badData && error?.subject == "base.csv" && error?.advice != nil)
    #expect(error?.problem.hasPrefix(problem) == true, "\(error?.problem ?? "")")
  }

  @Test func bytesThatAreNotUTF8AreRefused() {
    let error = #expect(throws: BPBError.self) { try Baseline(parsing: [0xFF], of: "x") }
    #expect(error?.problem == "is not UTF-8 text, so it is no baseline")
  }

  @Test func everyPrefixIsRefusedOrABaselineOfWholeRows() throws {
    let whole = Array(Baseline(Self.hostileNames.map { BaselineSamples.row($0) }).csv.utf8)
    for length in 1..<whole.count {
      guard let read = try? Baseline(parsing: Array(whole[..<length]), of: "x") else { continue }
      #expect(whole[length - 1] == 10 && read.csv.utf8.elementsEqual(whole[..<length]))
    }
  }

  @Test func methodsAndPolicyComeFromItsRows() throws {
    let baseline = Baseline([
      BaselineSamples.row("a", method: "zlib:9"), BaselineSamples.row("a", method: "bzip2:9"),
      BaselineSamples.row("b", method: "zlib:9"),
    ])
    #expect(try baseline.policy(of: "x") == "per-file")
    #expect(baseline.methods(under: "per-file") == ["bzip2:9", "zlib:9"])
    #expect(baseline.methods(under: "solid").isEmpty)
    #expect(try Baseline().policy(of: "x") == nil)
    let mixed = Baseline(baseline.rows + [BaselineSamples.row(nil, policy: "solid")])
    let error = #expect(throws: BPBError.self) { try mixed.policy(of: "x") }
    #expect(error?.code == .badData && error?.subject == "x")
    #expect(error?.problem == "has rows of several block policies: per-file, solid")
  }
}

import BPBCore
import Reports
import RunRecords
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct CheckHostileTests {
  static let outcome = CheckSamples.outcome(
    CheckSamples.hostile.map {
      .init(path: $0, before: (5000, 1234), after: (5000, 1300), failure: nil)
    },
    check: BaselineCheck(), methods: [SampleRun.hostile.name, "a\nb", "]]>\u{7}"])

  private func render(_ format: CheckFormat) -> String {
    format.renderer(at: CheckSamples.place, showsAll: true).render(Self.outcome)
  }

  @Test(arguments: CheckFormat.allCases)
  func nothingUnprintableGetsOut(format: CheckFormat) {
    let scalars = render(format).unicodeScalars.filter { $0 != "\n" }
    #expect(scalars.allSatisfy { $0.properties.generalCategory != .control })
    #expect(!scalars.contains("\u{202E}"))
  }

  @Test func namesMakeNoLinesAndNoCommandsOfTheirOwn() {
    let text = render(.text).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(text.count == 18 + 3)
    #expect(text.dropLast().allSatisfy { !$0.hasPrefix("::") })
    let commands = render(.github).split(separator: "\n").filter { $0.hasPrefix("::") }
    #expect(commands.count == 10)
    for command in commands {
      // Between "::error " and the next "::" nothing but two properties.
      let properties = command.dropFirst(2).prefix { $0 != ":" }
      #expect(properties.hasPrefix("error file=") && properties.count { $0 == "," } == 1)
      #expect(properties.contains(",title=bpb check"))
    }
  }

  @Test func annotationsNameThePathOfTheInput() {
    let text = render(.github)
    for file in ["ci/base%2Cline.csv", "samples/=1+1", "samples/a\\b", "samples/\u{1F600}"] {
      #expect(text.contains("file=\(file),title="))
    }
    #expect(text.contains("file=samples/\\xff\\x0a\\\\,title="))
    #expect(text.contains("title=bpb check%3A regression::"))
    for (prefix, path) in [("", "a"), (".", "a"), ("./", "a"), ("/", "/a"), ("x//", "x/a")] {
      let place = CheckPlace(baseline: "b", inputPrefix: prefix)
      let cases = [CheckSamples.Case(path: "./a", before: (1, 1), after: (1, 2))]
      let outcome = CheckSamples.outcome(cases, check: BaselineCheck())
      let lines = CheckFormat.github.renderer(at: place, showsAll: false).render(outcome)
      #expect(lines.contains("::error file=\(path),title="), "\(prefix)")
    }
  }

  /// Reads a report from standard input and compares it with the names of its cases and the counts.
  private static let reader = """
    import sys, xml.etree.ElementTree as E
    root = E.fromstring(sys.stdin.buffer.read())
    suites = root.findall("testsuite")
    assert root.tag == "testsuites" and len(suites) == 1
    cases = suites[0].findall("testcase")
    for node in (root, suites[0]):
        assert int(node.get("tests")) == len(cases), "tests"
        assert int(node.get("failures")) == len(root.findall(".//failure")), "failures"
        assert int(node.get("errors")) == len(root.findall(".//error")), "errors"
    names = [bytes.fromhex(word).decode() for word in sys.argv[1:]]
    assert sorted(c.get("name") for c in cases) == sorted(names), "names"
    for bad in root.iter("failure"):
        assert bad.get("message") == bad.text and bad.get("type"), "message"
    """

  private static let hasPython = system("python3 -c '' 2>/dev/null") == 0

  @Test(.enabled(if: hasPython, "python3 reads the XML; it is not there"))
  func anotherReaderTakesTheXMLForWhatItIs() throws {
    let everything = try CheckSamples.everything()
    for outcome in [Self.outcome, everything, BaselineCheck().outcomeWithoutBaseline()] {
      let names = outcome.findings.map { finding in
        let labels: [BaselineCheck.Finding.Kind: String] = [
          .versionChanged: "version", .noBaseline: "no baseline",
        ]
        if case .input(let path) = finding.scope { return path }
        return labels[finding.kind] ?? ""
      }
      let words = names.map { SafeText.hex($0.utf8) }.joined(separator: " ")
      let text = CheckFormat.junit.renderer(at: CheckSamples.place, showsAll: false).render(outcome)
      let pipe = try #require(popen("python3 -c '\(Self.reader)' \(words)", "w"))
      #expect(fputs(text, pipe) >= 0)
      #expect(pclose(pipe) == 0, "\(text)")
    }
  }
}

import BPBCore
public import RunRecords

/// A check as JUnit XML: a test case for each size, and for each method or row that has none.
///
/// What could not be measured or compared is an error, what did not hold a failure; what is worth
/// knowing but does not fail the check stands in `system-out`.
public struct CheckJUnitRenderer: CheckRenderer {
  private let place: CheckPlace
  private let words: CheckWords

  /// A renderer of every finding.
  public init(place: CheckPlace) {
    self.place = place
    words = CheckWords(place: place)
  }

  public func render(_ outcome: BaselineCheck.Outcome) -> String {
    let results = outcome.findings.map(Result.init)
    let counts = Self.attributes([
      ("name", "bpb check"), ("tests", "\(results.count)"),
      ("failures", "\(results.count { $0 == .failure })"),
      ("errors", "\(results.count { $0 == .error })"),
    ])
    let cases = zip(outcome.findings, results).map(testCase).joined()
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites\(counts)>
        <testsuite\(counts)>
      \(cases)    <system-out>\(Self.escaped(CheckSummary.line(outcome)))</system-out>
        </testsuite>
      </testsuites>

      """
  }

  private enum Result: String {
    case error, failure, passed

    init(_ finding: BaselineCheck.Finding) {
      switch finding.exit {
      case .held: self = .passed
      case .methodFailed, .noBaseline: self = .error
      case .regression, .inputsChanged, .improvement: self = .failure
      }
    }
  }

  private func testCase(_ finding: BaselineCheck.Finding, _ result: Result) -> String {
    let sentence = words.sentence(CheckEntry(finding: finding))
    let kind = CheckWords.label(finding)
    let method = SafeText.printable(finding.method ?? "baseline")
    var attributes = [
      ("classname", method), ("name", CheckWords.name(of: finding.scope) ?? kind),
    ]
    if case .input(let name) = finding.scope {
      attributes.append(("file", CheckPlace.plain(place.path(of: name))))
    }
    let start = "    <testcase\(Self.attributes(attributes))"
    if finding.isUneventful { return start + "/>\n" }
    let text = Self.escaped(sentence)
    guard result != .passed else {
      return "\(start)>\n      <system-out>\(kind): \(text)</system-out>\n    </testcase>\n"
    }
    let reason = Self.attributes([("type", kind), ("message", sentence)])
    let element = result.rawValue
    return "\(start)>\n      <\(element)\(reason)>\(text)</\(element)>\n    </testcase>\n"
  }

  private static func attributes(_ pairs: [(name: String, value: String)]) -> String {
    pairs.map { " \($0.name)=\"\(escaped($0.value))\"" }.joined()
  }

  /// Text for an element or an attribute. Scalar by scalar: a `<` with a combining mark on it is a `<`
  /// to whoever reads this. Characters that XML does not have are not in printable text.
  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}

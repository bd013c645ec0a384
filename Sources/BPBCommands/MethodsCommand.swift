import ArgumentParser
import BitsPerByte
import Reports

/// `bpb methods`.
struct MethodsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "methods",
    abstract: "Lists the methods with their parameters, defaults, ranges and versions.",
    discussion: """
      A method is named as name[:value][:key=value…]: zlib:9, ngram:order=5:memory=64MiB. Values that \
      contain ':' or ',' are quoted, a nested method stands in brackets.
      """)

  /// The forms of the list.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  @Argument(
    help: "Only these methods.", completion: .list(MethodTable.builtin.families.map(\.name)))
  var names: [String] = []

  @Option(help: "The form of the list.")
  var format: Format = .text

  func run() throws {
    let families = try chosen()
    let report = try ReportOutput(path: nil)
    switch format {
    case .text: try report.write(families.map(\.listing).joined(separator: "\n"))
    case .json: try report.write(document(families).text + "\n")
    }
  }

  private func chosen() throws(BPBError) -> [MethodFamily] {
    let all = MethodTable.builtin.families
    guard !names.isEmpty else { return all }
    for name in names { _ = try MethodTable.builtin.family(named: name) }
    return all.filter { names.contains($0.name) }
  }

  private func document(_ families: [MethodFamily]) -> JSONValue {
    .object([("schema", .integer(1)), ("methods", .array(families.map(\.json)))])
  }
}

extension MethodFamily {
  /// A few lines for people.
  fileprivate var listing: String {
    let heading = "\(name)\(version().map { " (\($0))" } ?? ""): \(summary)\n"
    return parameters.reduce(heading) { $0 + $1.listing }
  }

  fileprivate var json: JSONValue {
    .object([
      ("name", .string(name)), ("kind", .string(kind.rawValue)), ("summary", .string(summary)),
      ("version", .optional(version())), ("parameters", .array(parameters.map(\.json))),
    ])
  }
}

extension MethodParameter {
  /// Two lines for people.
  var listing: String {
    "  \(key)=\(domain.spelled)\(defaultValue.map { ", default \($0)" } ?? "")\n"
      + "      \(summary)\n"
  }

  var json: JSONValue {
    .object(
      [
        ("key", .string(key)), ("summary", .string(summary)), ("default", .optional(defaultValue)),
      ] + domain.json)
  }
}

extension MethodParameter.Domain {
  fileprivate var spelled: String {
    switch self {
    case .integer(let range): "\(range.lowerBound)…\(range.upperBound)"
    case .choice(let words): words.joined(separator: "|")
    case .size(let range):
      "\(ByteSize.exact(range.lowerBound))…\(ByteSize.exact(range.upperBound))"
    case .decimal(let range): "\(range.lowerBound)…\(range.upperBound)"
    case .path: "PATH"
    case .part: "PART"
    case .method: "[METHOD]"
    case .choiceOrMethod(let words): (words + ["[METHOD]"]).joined(separator: "|")
    }
  }

  fileprivate var json: [(String, JSONValue)] {
    switch self {
    case .integer(let range):
      [
        ("type", .string("integer")), ("minimum", .integer(range.lowerBound)),
        ("maximum", .integer(range.upperBound)),
      ]
    case .choice(let words):
      [("type", .string("choice")), ("values", .array(words.map(JSONValue.string)))]
    case .size(let range):
      [
        ("type", .string("size")), ("minimum", .integer(range.lowerBound)),
        ("maximum", .integer(range.upperBound)),
      ]
    case .decimal(let range):
      [
        ("type", .string("decimal")), ("minimum", .number(range.lowerBound.value)),
        ("maximum", .number(range.upperBound.value)),
      ]
    case .path: [("type", .string("path"))]
    case .part: [("type", .string("part"))]
    case .method: [("type", .string("method"))]
    case .choiceOrMethod(let words):
      [
        ("type", .string("choice_or_method")),
        ("values", .array(words.map(JSONValue.string))),
      ]
    }
  }
}

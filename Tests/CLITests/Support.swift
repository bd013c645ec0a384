import FoundationEssentials
import SystemPackage
import Testing
import _TestSupport

/// Prose with repeats, for files of any length.
func prose(_ byteCount: Int) -> [UInt8] {
  let sentence = Array("It is a truth universally acknowledged, that no two files are alike. ".utf8)
  return (0..<byteCount).map { sentence[$0 * ($0 / 900 + 1) % sentence.count] }
}

/// A directory `corpus` with three files in two directories, an empty one among them.
func smallCorpus() throws -> TemporaryDirectory {
  let scratch = try TemporaryDirectory()
  try scratch.write(prose(3000), to: "corpus/a.txt")
  try scratch.write([], to: "corpus/empty")
  try scratch.write(SplitMix64.bytes(count: 500, seed: 1), to: "corpus/sub/b.bin")
  return scratch
}

/// The methods whose versions are the same on every machine.
let stableMethods = "store,ngram:0,ngram:2"

/// JSON of any shape.
indirect enum JSON: Decodable, Equatable {
  case null, bool(Bool), number(Double), string(String), array([JSON]), object([String: JSON])

  init(parsing text: String) throws {
    self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
  }

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let bool = try? value.decode(Bool.self) {
      self = .bool(bool)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let string = try? value.decode(String.self) {
      self = .string(string)
    } else if let array = try? value.decode([JSON].self) {
      self = .array(array)
    } else {
      self = .object(try value.decode([String: JSON].self))
    }
  }

  subscript(key: String) -> JSON? {
    if case .object(let members) = self { members[key] } else { nil }
  }
  var keys: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }
  var items: [JSON] { if case .array(let items) = self { items } else { [] } }
  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var string: String? { if case .string(let string) = self { string } else { nil } }
}

/// Rows of comma-separated values after RFC 4180.
func rows(ofCSV text: String) -> [[String]] {
  var rows: [[String]] = [[""]]
  var isQuoted = false
  func append(_ scalar: Unicode.Scalar) {
    rows[rows.count - 1][rows[rows.count - 1].count - 1].unicodeScalars.append(scalar)
  }
  var previous: Unicode.Scalar?
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"":
      if !isQuoted && previous == "\"" { append(scalar) }
      isQuoted.toggle()
    case ",": if isQuoted { append(scalar) } else { rows[rows.count - 1].append("") }
    case "\r": if isQuoted { append(scalar) }
    case "\n": if isQuoted { append(scalar) } else { rows.append([""]) }
    default: append(scalar)
    }
    previous = scalar
  }
  return rows.filter { $0 != [""] }
}

/// What in `text` could harm a terminal, or a reader who trusts it; line ends do not.
func harm(in bytes: [UInt8]) -> [String] {
  guard let text = String(validating: bytes, as: UTF8.self) else { return ["is not UTF-8"] }
  return text.unicodeScalars.filter { !"\r\n".unicodeScalars.contains($0) }.compactMap {
    switch $0.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: "\($0.value) is raw"
    default: nil
    }
  }
}

extension CommandRunner.Outcome {
  /// Whether it ended by itself, with an exit code and not by a signal.
  var endedWell: Bool { !timedOut && code < 128 || code == 130 }

  /// Expects an exit code, and that everything in `words` was said on standard error.
  func expect(
    _ code: Int32, saying words: String..., at location: SourceLocation = #_sourceLocation
  ) {
    #expect(!timedOut, "ran out of time", sourceLocation: location)
    #expect(self.code == code, "\(complaint)", sourceLocation: location)
    for word in words {
      #expect(complaint.contains(word), "\(complaint)", sourceLocation: location)
    }
    #expect(harm(in: errors).isEmpty, sourceLocation: location)
  }
}

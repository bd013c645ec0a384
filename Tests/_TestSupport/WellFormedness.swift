/// A small reader of XML: what an element is called, what it says of itself, and what is wrong.
///
/// Stricter than HTML: every element is closed, every attribute quoted, and no character that has a
/// meaning stands in text. Pages of ours keep to that but for their first line, styles and script.
public struct MarkupReader {
  /// An opening tag as it was found.
  public struct Element {
    public let name: String
    public let attributes: [(name: String, value: String)]

    public subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }
  }

  /// All elements in document order.
  public private(set) var elements: [Element] = []
  /// All text between tags, references replaced.
  public private(set) var text = ""
  /// What is wrong, in sentences; empty if nothing is.
  public private(set) var faults: [String] = []

  private var rest: Substring.UnicodeScalarView
  private var open: [String] = []

  /// Reads all of `document`.
  public init(_ document: String) {
    rest = Substring(document).unicodeScalars
    skip(past: "<?xml", to: "?>")
    skip(past: "<!DOCTYPE html", to: ">")
    while let next = rest.first, faults.isEmpty {
      if next == "<" { tag() } else { characters(until: "<", into: \.text) }
    }
    if let name = open.last, faults.isEmpty { faults.append("\(name) is not closed") }
  }

  private func starts(with prefix: String) -> Bool {
    rest.prefix(prefix.unicodeScalars.count).elementsEqual(prefix.unicodeScalars)
  }

  private mutating func skip(past prefix: String, to end: Unicode.Scalar) {
    guard starts(with: prefix) else { return }
    rest = rest.drop { $0 != end }.dropFirst()
  }

  private mutating func skip(past prefix: String, to end: String) {
    skip(past: prefix, to: end.unicodeScalars.last!)
  }

  private mutating func tag() {
    rest.removeFirst()
    if rest.first == "/" {
      rest.removeFirst()
      let name = name()
      if open.popLast() != name { faults.append("\(name) is closed out of turn") }
      expect(">")
      return
    }
    let name = name()
    if name.isEmpty { return faults.append("a tag has no name: \(String(rest.prefix(20)))") }
    elements.append(Element(name: name, attributes: attributes(of: name)))
    if rest.first == "/" {
      rest.removeFirst()
    } else {
      open.append(name)
    }
    expect(">")
    if open.last == "style" || open.last == "script" {
      // Raw text: it ends with the end tag and nothing before.
      while !rest.isEmpty, !starts(with: "</") { rest.removeFirst() }
    }
  }

  private mutating func attributes(of element: String) -> [(name: String, value: String)] {
    var attributes: [(name: String, value: String)] = []
    while rest.first == " ", faults.isEmpty {
      rest.removeFirst()
      let name = name()
      expect("=")
      expect("\"")
      let before = text
      text = ""
      characters(until: "\"", into: \.text)
      if attributes.contains(where: { $0.name == name }) {
        faults.append("\(name) stands twice in \(element)")
      }
      attributes.append((name, text))
      text = before
      expect("\"")
    }
    return attributes
  }

  private mutating func name() -> String {
    let name = rest.prefix {
      $0.properties.isAlphabetic || "-:0123456789".unicodeScalars.contains($0)
    }
    rest = rest.dropFirst(name.count)
    return String(name)
  }

  private mutating func expect(_ scalar: Unicode.Scalar) {
    if rest.first == scalar {
      rest.removeFirst()
    } else if faults.isEmpty {
      faults.append("\(scalar) is missing before \(String(rest.prefix(20)))")
    }
  }

  private mutating func characters(
    until end: Unicode.Scalar, into text: WritableKeyPath<MarkupReader, String>
  ) {
    while let next = rest.first, next != end, faults.isEmpty {
      rest.removeFirst()
      switch next {
      case "<", ">": faults.append("a raw \(next) before \(String(rest.prefix(20)))")
      case "&":
        let name = String(rest.prefix { $0 != ";" })
        guard let character = Self.references[name] else {
          return faults.append("&\(name.prefix(20)) is not a reference")
        }
        rest = rest.dropFirst(name.unicodeScalars.count + 1)
        self[keyPath: text] += character
      default:
        if next.value < 0x20, next != "\n", next != "\t" { faults.append("a control character") }
        self[keyPath: text].unicodeScalars.append(next)
      }
    }
  }

  private static let references = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "#39": "'"]
}

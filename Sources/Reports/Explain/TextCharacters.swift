import BPBCore

/// The characters of a text that need not be one: scalars of UTF-8 together with the marks that are set on them, and
/// single bytes where there is no UTF-8.
struct TextCharacters: Sequence, IteratorProtocol {
  /// Bytes of a character, and the scalar that it begins with; nil for a byte that belongs to none.
  struct Character: Equatable {
    var range: Range<Int>
    var scalar: Unicode.Scalar?
  }

  /// More marks than any script sets on one letter are no letter.
  private static let mostMarks = 8
  private static let longestScalar = 4

  private let text: [UInt8]
  private var place: Int
  private let end: Int

  /// The characters of `range`, which begins and ends where characters do.
  init(_ text: [UInt8], _ range: Range<Int>) {
    self.text = text
    place = range.lowerBound
    end = range.upperBound
  }

  /// All characters.
  init(_ text: [UInt8]) { self.init(text, 0..<text.count) }

  mutating func next() -> Character? {
    guard place < end else { return nil }
    let start = place
    let (scalar, width) = Self.scalar(in: text, at: start, before: end)
    place += width
    guard let scalar, !Self.isMark(scalar), scalar.properties.generalCategory != .control else {
      return Character(range: start..<place, scalar: scalar)
    }
    for _ in 0..<Self.mostMarks where place < end && text[place] >= 0x80 {
      let (mark, width) = Self.scalar(in: text, at: place, before: end)
      guard let mark, Self.isMark(mark) else { break }
      place += width
    }
    return Character(range: start..<place, scalar: scalar)
  }

  /// `range` widened so that it cuts no scalar of `text` in two.
  static func aligned(_ range: Range<Int>, in text: [UInt8]) -> Range<Int> {
    func start(of place: Int) -> Int {
      let first = Swift.max(place - longestScalar + 1, 0)
      let holding = (first..<place).first {
        place < $0 + scalar(in: text, at: $0, before: text.count).width
      }
      return holding ?? place
    }
    let lower = start(of: range.lowerBound)
    guard !range.isEmpty else { return lower..<lower }
    var upper = range.upperBound
    if upper < text.count, case let first = start(of: upper), first < upper {
      upper = first + scalar(in: text, at: first, before: text.count).width
    }
    return lower..<upper
  }

  private static func scalar(
    in text: [UInt8], at place: Int, before end: Int
  ) -> (scalar: Unicode.Scalar?, width: Int) {
    let lead = text[place]
    if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
    let width = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard lead >= 0xC2, lead <= 0xF4, place + width <= end,
      let text = String(validating: text[place..<place + width], as: UTF8.self)
    else { return (nil, 1) }
    return (text.unicodeScalars.first, width)
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: true
    default: false
    }
  }
}

extension TextCharacters.Character {
  /// Whether a line ends with it.
  var isLineFeed: Bool { scalar == "\n" }

  /// How it is shown: itself if it prints, `↵` and `→` for the ends of lines and tabs, and `\x1b` and its like for the
  /// rest. No byte of the text reaches a reader as anything but text.
  func shown(in text: [UInt8]) -> String {
    switch scalar {
    case "\n": "↵"
    case "\t": "→"
    case "\\": "\\"
    default: SafeText.escape(bytes: text[range])
    }
  }
}

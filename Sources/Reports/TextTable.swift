/// A table of text cells, padded to columns of a terminal.
struct TextTable {
  enum Alignment { case left, right }

  struct Column {
    let alignment: Alignment
    /// In terminal columns.
    let width: Int
  }

  /// Blanks between columns.
  static let gap = 2

  let columns: [Column]

  /// Terminal columns of the widest line.
  static func width(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gap * max(0, widths.count - 1)
  }

  /// One line; no cell is wider than its column.
  func line(_ cells: [String]) -> String {
    let padded = zip(cells, columns).map { text, column in
      let blanks = String(repeating: " ", count: max(0, column.width - DisplayWidth.of(text)))
      return column.alignment == .left ? text + blanks : blanks + text
    }
    let line = padded.joined(separator: String(repeating: " ", count: Self.gap))
    return String(line.reversed().drop { $0 == " " }.reversed())
  }
}

/// How a line looks where colours are allowed.
enum LineStyle: String {
  case header = "1"
  case best = "1;32"
  case failed = "31"
  case dim = "2"

  /// `line` between the terminal's codes for this style.
  func apply(to line: String) -> String { "\u{1B}[\(rawValue)m\(line)\u{1B}[0m" }
}

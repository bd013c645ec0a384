import Charts

/// A stretch of text laid out in lines of a terminal, each character with what it takes.
struct HeatLayout {
  /// A character, or what is shown for it.
  struct Cell {
    var text: String
    /// Of the terminal.
    var columns: Int
    /// Bits a byte under each method.
    var bits: [Double]
  }

  /// A line of the terminal.
  struct Line {
    /// That of the text, where one begins here.
    var number: Int?
    var cells: [Cell] = []
  }

  private(set) var lines: [Line] = []
  /// Columns before the text.
  let gutter: Int

  /// Less than this is no room for text, whatever the terminal says.
  private static let leastWidth = 24
  /// In characters: a line is broken within longer words.
  private static let longestWord = 16

  /// The range of `explanation` that is drawn, in lines of `width` columns.
  init(_ explanation: ByteExplanation, width: Int) {
    let (text, range) = (explanation.text, explanation.range)
    let numbers = TextLines.numbers(of: [range.lowerBound, range.upperBound], in: text)
    gutter = "\(numbers[1])".count + 2
    let room = max(width - gutter, Self.leastWidth)
    var line = Line(number: numbers[0])
    var (number, used) = (numbers[0], 0)
    for character in TextCharacters(text, range) {
      let cell = Self.cell(character, explanation)
      if used + cell.columns > room, !line.cells.isEmpty {
        let rest = Self.takeLastWord(from: &line)
        lines.append(line)
        (line, used) = (Line(cells: rest), rest.reduce(0) { $0 + $1.columns })
      }
      line.cells.append(cell)
      used += cell.columns
      guard character.isLineFeed else { continue }
      number += 1
      lines.append(line)
      (line, used) = (Line(number: number), 0)
    }
    if !line.cells.isEmpty { lines.append(line) }
  }

  /// The last word of a line that is full, which begins the next one, unless it is long.
  private static func takeLastWord(from line: inout Line) -> [Cell] {
    let word = line.cells.suffix(longestWord + 1)
    guard let blank = word.lastIndex(where: { $0.text == " " }), blank > line.cells.startIndex
    else { return [] }
    let rest = Array(line.cells[(blank + 1)...])
    line.cells.removeSubrange((blank + 1)...)
    return rest
  }

  private static func cell(
    _ character: TextCharacters.Character, _ explanation: ByteExplanation
  ) -> Cell {
    let shown = character.shown(in: explanation.text)
    return Cell(
      text: shown, columns: DisplayWidth.of(shown),
      bits: explanation.accounts.map { $0.bitsPerByte(of: character.range) })
  }
}

extension ByteExplanation.Account {
  /// What a byte of `range` takes on average: the colour of a character that has several.
  func bitsPerByte(of range: Range<Int>) -> Double {
    bits[range].reduce(0, +) / Double(max(range.count, 1))
  }
}

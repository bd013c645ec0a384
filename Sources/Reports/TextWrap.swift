/// Breaks sentences into lines of a terminal.
package enum TextWrap {
  /// `text` in lines of at most `width` columns, broken at blanks, later lines indented by two.
  ///
  /// A word that is wider than a line is broken where the line ends.
  package static func lines(_ text: String, width: Int) -> [String] {
    let indent = "  "
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      var rest = String(word)
      if !line.isEmpty, DisplayWidth.of(line) + 1 + DisplayWidth.of(rest) <= width {
        line += " " + rest
        continue
      }
      if !line.isEmpty {
        lines.append(line)
        line = indent
      }
      while DisplayWidth.of(line + rest) > width {
        let piece = DisplayWidth.prefix(rest, of: max(2, width - DisplayWidth.of(line)))
        lines.append(line + piece)
        rest.removeFirst(piece.count)
        line = indent
      }
      line += rest
    }
    return lines + [line]
  }
}

import Charts

/// Draws a laid out stretch of text on a terminal: with colours behind it, or with figures below it.
struct HeatTextRenderer {
  let layout: HeatLayout
  /// The terminal's colours; nil for none.
  let colours: HeatTerminal?
  /// Of how many methods the text is drawn.
  let methods: Int

  private var scale: HeatScale { methods == 2 ? .difference : .bits }

  /// The lines of the drawing.
  var lines: [String] { layout.lines.flatMap(lines) }

  private func lines(_ line: HeatLayout.Line) -> [String] {
    let number = line.number.map(String.init) ?? ""
    let gutter = String(repeating: " ", count: layout.gutter - 2 - number.count) + number + "  "
    guard let colours else {
      return [gutter + line.cells.map(\.text).joined()] + figures(below: line)
    }
    return [LineStyle.dim.apply(to: gutter) + coloured(line, colours)]
  }

  /// Codes only where the colour changes, and none left on at the end of a line.
  private func coloured(_ line: HeatLayout.Line, _ colours: HeatTerminal) -> String {
    var (text, current) = ("", 0)
    for cell in line.cells {
      let shade = shade(of: cell)
      if shade != current { text += colours.code(of: shade, on: scale) }
      current = shade
      text += cell.text
    }
    return text + (current == 0 ? "" : HeatTerminal.reset)
  }

  private func shade(of cell: HeatLayout.Cell) -> Int {
    scale.shade(of: methods == 2 ? cell.bits[0] - cell.bits[1] : cell.bits[0])
  }

  /// A line for each method with whole bits below each character.
  private func figures(below line: HeatLayout.Line) -> [String] {
    (0..<methods).map { method in
      let name = methods == 2 ? (method == 0 ? "A" : "B") : ""
      let gutter = name + String(repeating: " ", count: layout.gutter - name.count)
      let figures = line.cells.map { cell in
        let blanks = String(repeating: " ", count: max(cell.columns - 1, 0))
        return cell.columns > 0 ? Self.figure(cell.bits[method]) + blanks : ""
      }
      return String((gutter + figures.joined()).reversed().drop { $0 == " " }.reversed())
    }
  }

  /// Rounded bits; a point for less than a half, nothing for less than a tenth.
  private static func figure(_ bits: Double) -> String {
    switch bits {
    case ..<0.1: " "
    case ..<0.5: "."
    case ..<9.5: "\(Int(bits.rounded()))"
    default: "+"
    }
  }

  /// What the colours mean, or the figures.
  func legend(_ names: [String]) -> String {
    guard let colours else {
      let rows = methods == 2 ? " Rows: A \(names[0]), B \(names[1])." : ""
      return
        "Below each character its bits per byte, rounded; . is under 0.5, blank under 0.1, + is 9.5 and more."
        + rows
    }
    let steps = scale.shades.map { shade in
      shade == 0
        ? " \(scale.label(of: 0)) "
        : colours.code(of: shade, on: scale) + " \(scale.label(of: shade)) " + HeatTerminal.reset
    }.joined()
    guard methods == 2 else { return "bits per byte:" + steps }
    return "\(names[0]) cheaper by\(steps)\(names[1]) cheaper by"
  }
}

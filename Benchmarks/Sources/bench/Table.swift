/// The result as text of 80 columns.
enum Table {
  private static let nameWidth = 36
  private static let cellWidths = [11, 11, 14]

  static let heading =
    row("", ["median", "best", "asked"]) + "\n" + String(repeating: "-", count: 78)

  static func text(_ line: Line) -> String {
    switch line.verdict {
    case .held: row(line.name, line.cells, "PASS")
    case .missed: row(line.name, line.cells, "FAIL")
    case .shown: row(line.name, line.cells)
    case .skipped(let reason): "\(line.name): SKIPPED, \(reason)"
    }
  }

  private static func row(_ name: String, _ cells: [String], _ verdict: String = "") -> String {
    let padded = zip(cells, cellWidths).map { pad($0, $1) + $0 }
    return name + pad(name, nameWidth) + padded.joined() + (verdict.isEmpty ? "" : "  \(verdict)")
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(width - text.count, 0))
  }
}

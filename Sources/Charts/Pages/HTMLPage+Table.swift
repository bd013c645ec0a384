extension HTMLPage {
  /// Rows of text under headings. On a phone it scrolls by itself.
  public struct Table: Sendable, Equatable {
    /// How a column is set.
    public enum Alignment: Sendable, Equatable {
      case text
      /// To the right, digits below digits.
      case number
    }

    /// How much a row matters.
    public enum Emphasis: String, Sendable, Equatable {
      case plain, best, failed, faint
    }

    /// One line of cells, the first of which names it.
    public struct Row: Sendable, Equatable {
      public var cells: [String]
      public var emphasis: Emphasis

      /// Creates a row.
      public init(_ cells: [String], _ emphasis: Emphasis = .plain) {
        self.cells = cells
        self.emphasis = emphasis
      }
    }

    /// What the table holds, for those who do not see it.
    public var caption: String
    public var columns: [(title: String, alignment: Alignment)]
    public var rows: [Row]

    /// Creates a table; see the properties.
    public init(
      caption: String, columns: [(title: String, alignment: Alignment)], rows: [Row]
    ) {
      self.caption = caption
      self.columns = columns
      self.rows = rows
    }

    public static func == (a: Self, b: Self) -> Bool {
      a.caption == b.caption && a.rows == b.rows && a.columns.elementsEqual(b.columns, by: ==)
    }

    var markup: Markup {
      let header = columns.map { column in
        Markup.element(
          "th", [.init("scope", "col"), Self.look(column.alignment)], [.text(column.title)])
      }
      let body = rows.map { row in
        let emphasis = row.emphasis == .plain ? nil : row.emphasis.rawValue
        return Markup.element("tr", [.init("class", emphasis)], cells(of: row))
      }
      return .block(
        "div",
        [
          .init("class", "table"), .init("role", "region"), .init("tabindex", "0"),
          .init("aria-label", caption),
        ],
        [
          .block(
            "table", [],
            [.element("thead", [], [.element("tr", [], header)]), .block("tbody", [], body)])
        ])
    }

    private func cells(of row: Row) -> [Markup] {
      zip(row.cells, columns).enumerated().map { index, cell in
        let (text, column) = cell
        // Names may be written from right to left; they do not turn their neighbours round.
        return index == 0
          ? .element(
            "th", [.init("scope", "row"), Self.look(column.alignment)],
            [.element("bdi", [], [.text(text)])])
          : .element("td", [Self.look(column.alignment)], [.text(text)])
      }
    }

    private static func look(_ alignment: Alignment) -> Markup.Attribute {
      .init("class", alignment == .number ? "number" : nil)
    }
  }
}

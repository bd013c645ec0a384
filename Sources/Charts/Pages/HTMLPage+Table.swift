extension HTMLPage {
  /// Rows of text under headings. On a phone it scrolls by itself.
  public struct Table: Sendable, Equatable {
    /// A heading, and how what stands below it is set.
    public enum Column: Sendable, Equatable {
      case text(String)
      /// Sentences, which wrap.
      case prose(String)
      /// To the right, digits below digits.
      case number(String)

      /// The heading.
      package var title: String {
        switch self {
        case .text(let title), .prose(let title), .number(let title): title
        }
      }

      var look: Markup.Attribute {
        switch self {
        case .text: .init("class", nil)
        case .prose: .init("class", "prose")
        case .number: .init("class", "number")
        }
      }
    }

    /// How much a row matters.
    public enum Emphasis: String, Sendable, Equatable {
      case plain, best, failed, faint
    }

    /// One line of cells, the first of which names it.
    public struct Row: Sendable, Equatable {
      /// Text of each cell.
      public var cells: [String]
      /// How it is shown among the others.
      public var emphasis: Emphasis

      /// Creates a row.
      public init(_ cells: [String], _ emphasis: Emphasis = .plain) {
        self.cells = cells
        self.emphasis = emphasis
      }
    }

    /// What the table holds, for those who do not see it.
    public var caption: String
    /// As many as each row has cells.
    public var columns: [Column]
    /// From top to bottom.
    public var rows: [Row]

    /// Creates a table; see the properties.
    public init(caption: String, columns: [Column], rows: [Row]) {
      self.caption = caption
      self.columns = columns
      self.rows = rows
    }

    var markup: Markup {
      let header = columns.map { column in
        Markup.element(
          "th", [.init("scope", "col"), column.look], [.text(column.title)])
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
            "th", [.init("scope", "row"), column.look],
            [.element("bdi", [], [.text(text)])])
          : .element("td", [column.look], [.text(text)])
      }
    }
  }
}

/// Turns a page into markup, counting its charts so that each has a name of its own.
struct PageRenderer {
  private var chartCount = 0
  private var heatMapCount = 0
  private var hasField = false

  mutating func page(_ page: HTMLPage) -> Markup {
    let header = Markup.block(
      "header", [],
      [
        page.overline.map { .element("p", [.init("class", "overline")], [.text($0)]) } ?? .none,
        .element("h1", [], [.text(page.title)]),
        page.lead.isEmpty
          ? .none : .element("p", [.init("class", "lead")], [page.lead.markup]),
      ])
    let main = Markup.block("main", [], [header] + blocks(page.blocks, level: 2))
    let style =
      PageStyle.rules + (heatMapCount > 0 ? PageHeatStyle.rules : [])
      + (hasField ? PageFieldStyle.rules : [])
    return .block(
      "html", [.init("lang", "en")],
      [Self.head(page.title, style), .block("body", [], [main, Self.script])])
  }

  /// Nothing may be fetched, and no script may run but our own.
  private static func head(_ title: String, _ style: [Markup]) -> Markup {
    let policy =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-\(PageScript.digest)'; "
      + "base-uri 'none'; form-action 'none'"
    return .block(
      "head", [],
      [
        .empty("meta", [.init("charset", "utf-8")]),
        .empty(
          "meta",
          [.init("http-equiv", "Content-Security-Policy"), .init("content", policy)]),
        .empty(
          "meta",
          [.init("name", "viewport"), .init("content", "width=device-width, initial-scale=1")]),
        .empty("meta", [.init("name", "color-scheme"), .init("content", "light dark")]),
        .element("title", [], [.text(title)]),
        .element("style", [], style),
      ])
  }

  private static let script = Markup.element("script", [], [.literal(PageScript.source)])

  private mutating func blocks(_ blocks: [HTMLPage.Block], level: Int) -> [Markup] {
    var result: [Markup] = []
    for block in blocks { result.append(markup(block, level: level)) }
    return result
  }

  private mutating func markup(_ block: HTMLPage.Block, level: Int) -> Markup {
    switch block {
    case .section(let heading, let blocks, let anchor):
      return .block(
        "section", [.init("id", anchor)],
        [Self.heading(heading, level: level)] + self.blocks(blocks, level: level + 1))
    case .paragraph(let phrase): return .element("p", [], [phrase.markup])
    case .list(let items):
      return .block("ul", [], items.map { .element("li", [], [$0.markup]) })
    case .figures(let figures):
      return .block("dl", [.init("class", "figures")], figures.map(Self.figure))
    case .chart(let chart): return self.chart(chart, level: level)
    case .table(let table): return table.markup
    case .heatMap(let map):
      heatMapCount += 1
      return map.markup(named: "heat-\(heatMapCount)")
    case .details(let summary, let blocks):
      return .block(
        "details", [],
        [.element("summary", [], [.text(summary)])] + self.blocks(blocks, level: level))
    case .code(let text): return .element("pre", [], [.element("code", [], [.text(text)])])
    }
  }

  private static func heading(_ text: String, level: Int) -> Markup {
    switch level {
    case 2: .element("h2", [], [.text(text)])
    case 3: .element("h3", [], [.text(text)])
    default: .element("h4", [], [.text(text)])
    }
  }

  private static func figure(_ figure: HTMLPage.Figure) -> Markup {
    .element(
      "div", [],
      [
        .element("dt", [], [.text(figure.meaning)]),
        .element("dd", [], [.element("bdi", [], [.text(figure.value)])]),
      ])
  }

  /// Drawn twice, for a desk and for a phone, of which the page shows one.
  private mutating func chart(_ chart: Chart, level: Int) -> Markup {
    chartCount += 1
    hasField = hasField || chart.field != nil
    let drawings = [(DrawingFormat.wide, "wide"), (.narrow, "narrow")].map { format, name in
      (
        SVGDrawing(
          layout: ChartLayout(chart, format: format), colours: .inherited,
          id: "chart-\(chartCount)-\(name)"), name
      )
    }
    let subtitle = chart.subtitle.map { Markup.element("p", [], [.text($0)]) } ?? .none
    return .block(
      "figure", [.init("class", "chart")],
      [
        .block("figcaption", [], [Self.heading(chart.title, level: level), subtitle]),
        Self.legend(drawings[0].0),
        .block(
          "div", [.init("class", "plot")],
          drawings.map { $0.0.svg([.init("class", $0.1)]) }),
      ])
  }

  /// What the script turns into buttons.
  private static func legend(_ drawing: SVGDrawing) -> Markup {
    let names = drawing.layout.names
    guard names.count > 1 else { return .none }
    let width = drawing.layout.header.swatchWidth
    return .block(
      "ul", [.init("class", "legend")],
      names.indices.filter { !names[$0].isEmpty }.map { index in
        .element(
          "li", [.init("data-series", "\(index)")],
          [
            .element(
              "svg",
              [
                .init("width", width), .init("height", "14"),
                .init("viewBox", "0 0 \(Coordinate.text(width)) 14"), .init("aria-hidden", "true"),
              ], [drawing.swatch(of: index, x: 0, y: 7)]),
            .element("bdi", [], [.text(names[index])]),
          ])
      })
  }
}

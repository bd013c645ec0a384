/// Charts as files of Scalable Vector Graphics 1.1: self-contained, on a light ground of their own,
/// so that they can be read wherever they are put.
public struct SVGRenderer: Sendable {
  /// A renderer; it has no settings.
  public init() {}

  /// The whole document, its last line ended.
  public func render(_ chart: Chart) -> String {
    let layout = ChartLayout(chart, format: .standalone)
    let drawing = SVGDrawing(layout: layout, colours: .fixed(.light), id: "chart")
    let svg = drawing.svg([
      .init("xmlns", "http://www.w3.org/2000/svg"),
      .init("width", layout.format.width), .init("height", layout.height),
    ])
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg.source + "\n"
  }
}

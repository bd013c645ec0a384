/// A page that explains itself: text, charts and tables in one file, without a network and, if need
/// be, without scripts.
///
/// All text is escaped by construction (see `Markup`). The page follows the reader's colour scheme,
/// fits phones and paper, and lets its charts be pointed at where scripts run.
public struct HTMLPage: Sendable, Equatable {
  /// The heading, and the name of the window.
  public var title: String
  /// A few words above the title, as the command that made the page; nil for none.
  public var overline: String?
  /// A paragraph below the title.
  public var lead: Phrase
  /// From top to bottom.
  public var blocks: [Block]

  /// Creates a page; see the properties.
  public init(title: String, overline: String? = nil, lead: Phrase = "", blocks: [Block] = []) {
    self.title = title
    self.overline = overline
    self.lead = lead
    self.blocks = blocks
  }

  /// What a page is made of.
  public indirect enum Block: Sendable, Equatable {
    /// A part with a heading, and the name by which `Phrase.Piece.link` finds it.
    case section(String, [Block], anchor: String? = nil)
    case paragraph(Phrase)
    case list([Phrase])
    /// A few numbers that matter most, each with what it is.
    case figures([Figure])
    case chart(Chart)
    case table(Table)
    case heatMap(HeatMap)
    /// What is shown on demand; open on paper.
    case details(String, [Block])
    /// Text to be read to the letter.
    case code(String)
  }

  /// A number, or a word, and what it is.
  public struct Figure: Sendable, Equatable {
    /// What is shown large.
    public var value: String
    /// What stands below it.
    public var meaning: String

    /// Creates a figure.
    public init(_ value: String, _ meaning: String) {
      self.value = value
      self.meaning = meaning
    }
  }

  /// The whole document, its last line ended.
  public func render() -> String {
    var renderer = PageRenderer()
    return "<!DOCTYPE html>\n" + renderer.page(self).source + "\n"
  }
}

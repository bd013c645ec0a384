/// The colours of heat maps as a terminal's codes.
public struct HeatTerminal: Sendable, Equatable {
  /// Whether the terminal shows any colour of 24 bits, and not 256 alone.
  public var hasTrueColour: Bool
  /// Whether its background is light.
  public var isLight: Bool

  /// Colours for a terminal; see the properties.
  public init(hasTrueColour: Bool, isLight: Bool) {
    self.hasTrueColour = hasTrueColour
    self.isLight = isLight
  }

  /// What takes every colour back.
  public static let reset = "\u{1B}[0m"

  /// The code after which text is in `shade`; that of the terminal's own colours for 0.
  public func code(of shade: Int, on scale: HeatScale) -> String {
    let palette: HeatPalette = isLight ? .light : .dark
    guard let colour = palette.colour(of: shade, on: scale) else { return Self.reset }
    guard hasTrueColour else {
      return "\u{1B}[38;5;\(colour.inkIndex);48;5;\(colour.index)m"
    }
    return "\u{1B}[38;2;\(Self.channels(colour.ink));48;2;\(Self.channels(colour.background))m"
  }

  private static func channels(_ colour: Colour) -> String {
    [16, 8, 0].map { "\(colour.hexadecimal >> $0 & 0xFF)" }.joined(separator: ";")
  }
}

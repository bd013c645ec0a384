import ArgumentParser
import Reports

/// Whether to use a terminal's colours.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never

  /// The colours to draw with; nil for none.
  ///
  /// A terminal says in COLORTERM that it has all colours, and in COLORFGBG, which some set, what its background is.
  /// - Parameter onTerminal: whether the text goes to standard output, which may be a terminal.
  func colours(onTerminal: Bool) -> HeatTerminal? {
    guard self == .always || self == .auto && onTerminal && Terminal.allowsColor else { return nil }
    let kind = Terminal.environment("COLORTERM") ?? ""
    let background = (Terminal.environment("COLORFGBG") ?? "").split(separator: ";").last
    return HeatTerminal(
      hasTrueColour: ["truecolor", "24bit"].contains(kind),
      isLight: background == "7" || background == "15")
  }
}

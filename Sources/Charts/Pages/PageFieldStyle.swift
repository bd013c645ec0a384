/// The colours of fields: properties that pages without one do not carry.
enum PageFieldStyle {
  static let rules: [Markup] = [
    .properties(colours(.light)),
    .literal("@media (prefers-color-scheme: dark) {\n"), .properties(colours(.dark)),
    .literal("}\n@media print {\n"), .properties(colours(.light)), .literal("}\n"),
  ]

  private static func colours(_ palette: Palette) -> [(name: String, colour: Colour)] {
    palette.shades.indices.flatMap { step in
      [Paint.shade(step), .inkOnShade(step)].map { ($0.property, palette[$0]) }
    }
  }
}

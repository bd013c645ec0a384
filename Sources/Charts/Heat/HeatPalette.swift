/// A shade on paper, on a screen and on a terminal.
struct HeatColour: Sendable {
  let background: Colour
  /// Of text on that background.
  let ink: Colour
  /// The nearest colour of a terminal that has 256.
  let index: Int
  /// That of text on it: black or white.
  let inkIndex: Int

  init(_ background: UInt32, _ ink: UInt32, _ index: Int, _ inkIndex: Int) {
    self.background = Colour(background)
    self.ink = Colour(ink)
    self.index = index
    self.inkIndex = inkIndex
  }
}

/// Colours of heat maps on one background; the shade 0 is the background itself.
///
/// Lightness goes one way along each scale, so that it reads without colours too, and the two sides of a difference are
/// blue and orange, which nearly everybody can tell apart. A test computes both, and that text stands out by 4.5 : 1.
struct HeatPalette: Sendable {
  /// Of 1, 2, … on the scale of bits.
  let bits: [HeatColour]
  /// Of -1, -2, -3 on the scale of differences.
  let below: [HeatColour]
  /// Of 1, 2, 3 there.
  let above: [HeatColour]

  static let light = HeatPalette(
    bits: [
      .init(0xFFF4CC, 0x1A2130, 230, 16), .init(0xFFE08A, 0x1A2130, 222, 16),
      .init(0xFFC15A, 0x1A2130, 215, 16), .init(0xFF9A4D, 0x1A2130, 209, 16),
      .init(0xF26B3A, 0x10141C, 203, 16), .init(0xB3122F, 0xFFFFFF, 124, 231),
    ],
    below: [
      .init(0xDCEBFF, 0x1A2130, 189, 16), .init(0x8FC0F5, 0x1A2130, 111, 16),
      .init(0x1F6FC4, 0xFFFFFF, 25, 231),
    ],
    above: [
      .init(0xFFE6D1, 0x1A2130, 224, 16), .init(0xFFB37A, 0x1A2130, 216, 16),
      .init(0xB94E0C, 0xFFFFFF, 130, 231),
    ])

  static let dark = HeatPalette(
    bits: [
      .init(0x33291A, 0xE8EBF0, 236, 231), .init(0x5A3E14, 0xE8EBF0, 58, 231),
      .init(0x85540C, 0xF4F6FA, 94, 231), .init(0xC9791A, 0x10141C, 172, 16),
      .init(0xF2A65A, 0x10141C, 215, 16), .init(0xFFE3B0, 0x10141C, 223, 16),
    ],
    below: [
      .init(0x1B3350, 0xE8EBF0, 17, 231), .init(0x2A5F9E, 0xF4F6FA, 25, 231),
      .init(0x8FC4FF, 0x10141C, 117, 16),
    ],
    above: [
      .init(0x4A2C14, 0xE8EBF0, 52, 231), .init(0x8F4E14, 0xF4F6FA, 94, 231),
      .init(0xFFB877, 0x10141C, 216, 16),
    ])

  /// The colour of `shade`; nil for that of the background.
  func colour(of shade: Int, on scale: HeatScale) -> HeatColour? {
    guard shade != 0 else { return nil }
    let colours = scale.isDiverging ? (shade < 0 ? below : above) : bits
    return colours[Int(shade.magnitude) - 1]
  }
}

/// A colour as 24 bits: red, green, blue.
struct Colour: Sendable, Equatable {
  let hexadecimal: UInt32

  /// As `Colour(0x2F6BD0)`.
  init(_ hexadecimal: UInt32) { self.hexadecimal = hexadecimal & 0xFF_FFFF }

  /// As CSS and SVG write it.
  var text: String {
    let digits = String(hexadecimal, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}

/// What a colour is for.
enum Paint: Equatable {
  case background, ink, muted, grid, axis, front
  /// The series at a place of the legend.
  case series(Int)
  /// A step of the scale of a field, and what is drawn and written on it.
  case shade(Int)
  case inkOnShade(Int)
}

extension Paint {
  /// The custom property of a page that holds it.
  var property: String {
    switch self {
    case .background, .ink, .muted, .grid, .axis, .front: "\(self)"
    case .series(let index): "series-\(index % Palette.light.series.count)"
    case .shade(let step): "shade-\(step)"
    case .inkOnShade(let step): "shade-\(step)-ink"
    }
  }
}

/// Colours for one background.
struct Palette: Sendable {
  let background: Colour
  let ink: Colour
  let muted: Colour
  let grid: Colour
  let axis: Colour
  let front: Colour
  /// In the order in which they are given to series; neighbours differ most.
  let series: [Colour]
  /// Of fields, from the least to the most: the colours of heat maps, drawn out to a scale.
  let shades: [Colour]

  /// As many as it takes for neighbours to be hard to tell apart.
  static let shadeCount = 32

  /// Chosen so that any two differ by 15 or more in CIELAB also for people without red or without
  /// green cones, and each stands out from white by 3 : 1 or more; a test computes both.
  static let light = Palette(
    background: Colour(0xFFFFFF), ink: Colour(0x1A2130), muted: Colour(0x5A6475),
    grid: Colour(0xE8EAEE), axis: Colour(0xA6AEBA), front: Colour(0x7A8496),
    series: [
      0x006BD5, 0xC84B00, 0x04896D, 0xC4409A, 0xAF903C, 0x2D93C7, 0x6538AB, 0x575D69,
    ].map(Colour.init),
    shades: ColourRamp(through: HeatPalette.light.bits.map(\.background)).shades(shadeCount))

  /// The same hues for a dark background.
  static let dark = Palette(
    background: Colour(0x171B22), ink: Colour(0xE8EBF0), muted: Colour(0x9CA6B5),
    grid: Colour(0x2A303A), axis: Colour(0x5C6675), front: Colour(0x8A94A5),
    series: [
      0x6EA5FA, 0xF2894C, 0x3AC39C, 0xDD70B4, 0xDCB528, 0x7FD5FA, 0x9F72CC, 0xC1C1CD,
    ].map(Colour.init),
    shades: ColourRamp(through: HeatPalette.dark.bits.map(\.background)).shades(shadeCount))

  subscript(paint: Paint) -> Colour {
    switch paint {
    case .background: background
    case .ink: ink
    case .muted: muted
    case .grid: grid
    case .axis: axis
    case .front: front
    case .series(let index): series[index % series.count]
    case .shade(let step): shades[step]
    case .inkOnShade(let step): shades[step].ink
    }
  }
}

/// A colour as 24 bits: red, green, blue.
public struct Colour: Sendable, Equatable {
  public let hexadecimal: UInt32

  /// As `Colour(0x2F6BD0)`.
  public init(_ hexadecimal: UInt32) { self.hexadecimal = hexadecimal & 0xFF_FFFF }

  /// As CSS and SVG write it.
  public var text: String {
    let digits = String(hexadecimal, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}

/// What a colour is for.
enum Paint: Equatable {
  case background, ink, muted, grid, axis, front
  /// The series at a place of the legend.
  case series(Int)
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

  /// Hues after the palette of M. Okabe and K. Ito (2008), which people with any of the usual kinds
  /// of colour blindness can tell apart, darkened until each stands out from white by 3 : 1 or more.
  static let light = Palette(
    background: Colour(0xFFFFFF), ink: Colour(0x1A2130), muted: Colour(0x5A6475),
    grid: Colour(0xE8EAEE), axis: Colour(0xA6AEBA), front: Colour(0x7A8496),
    series: [
      0x1F5FBF, 0xD0540A, 0x00876C, 0xB83280, 0x8A6D00, 0x2B93C7, 0x6A3FB5, 0x5B6472,
    ].map(Colour.init))

  /// The same hues for a dark background.
  static let dark = Palette(
    background: Colour(0x171B22), ink: Colour(0xE8EBF0), muted: Colour(0x9CA6B5),
    grid: Colour(0x2A303A), axis: Colour(0x5C6675), front: Colour(0x8A94A5),
    series: [
      0x6FA3F5, 0xF58A4B, 0x35C2A0, 0xEE7DBB, 0xD9B430, 0x7FD0F5, 0xAE8EF0, 0xB4BCC8,
    ].map(Colour.init))

  subscript(paint: Paint) -> Colour {
    switch paint {
    case .background: background
    case .ink: ink
    case .muted: muted
    case .grid: grid
    case .axis: axis
    case .front: front
    case .series(let index): series[index % series.count]
    }
  }
}

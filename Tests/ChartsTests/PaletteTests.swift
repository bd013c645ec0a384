import Testing

@testable import Charts

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct PaletteTests {
  /// Red, green and blue as light, 0 to 1 (IEC 61966-2-1).
  static func light(_ colour: Colour) -> [Double] {
    [16, 8, 0].map { shift in
      let value = Double((colour.hexadecimal >> shift) & 0xFF) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
  }

  /// The contrast ratio of WCAG 2.1, 1 to 21.
  static func contrast(_ a: Colour, _ b: Colour) -> Double {
    let luminances = [a, b].map { colour in
      zip([0.2126, 0.7152, 0.0722], light(colour)).reduce(0) { $0 + $1.0 * $1.1 }
    }.sorted()
    return (luminances[1] + 0.05) / (luminances[0] + 0.05)
  }

  @Test func everythingStandsOutFromItsGround() {
    for palette in [Palette.light, .dark] {
      #expect(Self.contrast(palette.ink, palette.background) >= 7)
      #expect(Self.contrast(palette.muted, palette.background) >= 4.5)
      #expect(Self.contrast(palette.front, palette.background) >= 3)
      for colour in palette.series {
        #expect(Self.contrast(colour, palette.background) >= 3, "\(colour.text)")
      }
    }
  }

  /// Light as people see it who lack one kind of cone: protanopia and deuteranopia as matrices on
  /// linear light (F. Viénot, H. Brettel, J. Mollon, 1999).
  private static let deficiencies: [[[Double]]] = [
    [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
    [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
  ]

  /// CIELAB (CIE 1976, D65) of linear light.
  private static func lab(_ light: [Double]) -> [Double] {
    func product(_ row: [Double]) -> Double {
      max(zip(row, light).reduce(0) { $0 + $1.0 * $1.1 }, 0)
    }
    let (x, y, z) = (
      product([0.4124, 0.3576, 0.1805]) / 0.9505, product([0.2126, 0.7152, 0.0722]),
      product([0.0193, 0.1192, 0.9505]) / 1.089
    )
    func root(_ t: Double) -> Double { t > 0.008856 ? cbrt(t) : 7.787 * t + 16.0 / 116 }
    return [116 * root(y) - 16, 500 * (root(x) - root(y)), 200 * (root(y) - root(z))]
  }

  private static func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  @Test func huesDifferForTheColourBlindToo() {
    for palette in [Palette.light, .dark] {
      for matrix in Self.deficiencies {
        let seen = palette.series.map { colour in
          Self.lab(matrix.map { zip($0, Self.light(colour)).reduce(0) { $0 + $1.0 * $1.1 } })
        }
        for (index, a) in seen.enumerated() {
          for (other, b) in seen.enumerated().dropFirst(index + 1) {
            #expect(
              Self.distance(a, b) >= 15,
              "\(palette.series[index].text), \(palette.series[other].text)")
          }
        }
      }
    }
  }

  @Test func shadesAreEvenStepsOfLightness() {
    for palette in [Palette.light, .dark] {
      let lightness = palette.shades.map { Self.lab(Self.light($0))[0] }
      let step = (lightness[lightness.count - 1] - lightness[0]) / Double(lightness.count - 1)
      #expect(abs(step) > 1.5 && palette.shades.count == Palette.shadeCount)
      for (index, value) in lightness.enumerated() {
        // Colours are rounded to 24 bits.
        #expect(abs(value - lightness[0] - step * Double(index)) < 0.35, "\(index)")
      }
    }
  }

  @Test func shadesBeginAndEndWithThoseOfHeatMaps() {
    for (palette, heat) in [(Palette.light, HeatPalette.light), (.dark, .dark)] {
      #expect(palette.shades.first == heat.bits.first?.background)
      #expect(palette.shades.last == heat.bits.last?.background)
      // And pass near those between.
      for colour in heat.bits.map(\.background) {
        let nearest =
          palette.shades.map {
            Self.distance(Self.lab(Self.light($0)), Self.lab(Self.light(colour)))
          }.min() ?? .infinity
        #expect(nearest < 5, "\(colour.text)")
      }
    }
  }

  @Test func inkStandsOutFromEveryShade() {
    for palette in [Palette.light, .dark] {
      for (step, shade) in palette.shades.enumerated() {
        #expect(Self.contrast(palette[.inkOnShade(step)], shade) >= 4.5, "\(shade.text)")
      }
    }
    // Any colour at all, greys about the turn among them.
    for grey in 0...255 as ClosedRange<UInt32> {
      let colour = Colour(grey * 0x010101)
      #expect(Self.contrast(colour.ink, colour) >= 4.5, "\(colour.text)")
    }
  }

  @Test func twentyFourSeriesLookDifferent() {
    let looks = (0..<24).map { index in
      let marker = Marker.ofSeries(index)
      return "\(Palette.light[.series(index)].text) \(marker.shape) \(marker.isFilled)"
    }
    #expect(Set(looks).count == 24)
  }
}

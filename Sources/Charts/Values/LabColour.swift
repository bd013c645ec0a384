#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A colour as lightness, 0 to 100, and two differences of hues: red less green, yellow less blue
/// (CIELAB, CIE 1976, for white D65).
struct LabColour {
  let lightness: Double
  let a: Double
  let b: Double

  /// Its share of white's light, 0 to 1.
  var luminance: Double { Self.cube((lightness + 16) / 116) }

  /// The colour between two, after `part` of the way.
  func mixed(with other: LabColour, part: Double) -> LabColour {
    LabColour(
      lightness: lightness + (other.lightness - lightness) * part, a: a + (other.a - a) * part,
      b: b + (other.b - b) * part)
  }

  /// The nearest that a screen shows.
  var colour: Colour {
    let middle = (lightness + 16) / 116
    let (x, y, z) = (
      0.9505 * Self.cube(middle + a / 500), luminance, 1.089 * Self.cube(middle - b / 200)
    )
    let channels = [
      3.2406 * x - 1.5372 * y - 0.4986 * z, -0.9689 * x + 1.8758 * y + 0.0415 * z,
      0.0557 * x - 0.2040 * y + 1.0570 * z,
    ]
    return Colour(channels.reduce(0) { $0 << 8 | UInt32(Self.byte($1)) })
  }

  // The two halves of CIELAB's cube root: a straight line near black, so that it has a slope there.
  private static func root(_ t: Double) -> Double {
    t > 0.008856 ? cbrt(t) : 7.787 * t + 16.0 / 116
  }
  private static func cube(_ t: Double) -> Double {
    t > 0.206893 ? t * t * t : (t - 16.0 / 116) / 7.787
  }

  /// A channel of sRGB for a share of its light (IEC 61966-2-1).
  private static func byte(_ light: Double) -> Double {
    let light = min(max(light, 0), 1)
    let value = light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055
    return (value * 255).rounded()
  }
}

extension LabColour {
  init(_ colour: Colour) {
    let light = [16, 8, 0].map { shift in
      let value = Double((colour.hexadecimal >> shift) & 0xFF) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    func product(_ row: [Double]) -> Double { zip(row, light).reduce(0) { $0 + $1.0 * $1.1 } }
    let (x, y, z) = (
      Self.root(product([0.4124, 0.3576, 0.1805]) / 0.9505),
      Self.root(product([0.2126, 0.7152, 0.0722])),
      Self.root(product([0.0193, 0.1192, 0.9505]) / 1.089)
    )
    self.init(lightness: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z))
  }
}

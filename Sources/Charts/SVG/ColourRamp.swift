/// Colours from one end of a scale to the other, where equal steps of value are equal steps of
/// lightness, whatever the lightness of the colours that it goes through.
///
/// Between these it goes straight in CIELAB, where equal distances look about equal.
struct ColourRamp {
  private let stops: [LabColour]

  /// - Parameter colours: two or more whose lightness goes one way.
  init(through colours: [Colour]) { stops = colours.map(LabColour.init) }

  /// The colour at `share`, 0 to 1, of the way.
  func colour(at share: Double) -> Colour {
    let (first, last) = (stops[0].lightness, stops[stops.count - 1].lightness)
    let lightness = first + (last - first) * min(max(share, 0), 1)
    let isFalling = last < first
    // The last stop has none after it to go on to.
    let next = stops.dropFirst().dropLast().firstIndex {
      isFalling ? $0.lightness <= lightness : $0.lightness >= lightness
    }
    let end = next ?? stops.count - 1
    let (start, stop) = (stops[end - 1], stops[end])
    let part = (lightness - start.lightness) / (stop.lightness - start.lightness)
    return start.mixed(with: stop, part: part).colour
  }

  /// `count` colours, the ends among them.
  func shades(_ count: Int) -> [Colour] {
    (0..<count).map { colour(at: Double($0) / Double(count - 1)) }
  }
}

extension Colour {
  /// Black or white, whichever stands out more; one of them does so by 4.58 : 1 from any colour.
  var ink: Colour {
    // The luminance from which both are equally far: (Y + 0.05)² = 1.05 · 0.05 (WCAG 2.1).
    LabColour(self).luminance > 0.179 ? Colour(0x000000) : Colour(0xFFFFFF)
  }
}

/// What a drawing is made for, and the sizes that go with it, in CSS pixels.
enum DrawingFormat {
  /// A file of its own, with title and legend in it.
  case standalone
  /// A page on a desk or on paper.
  case wide
  /// A page on a phone.
  case narrow

  var width: Double {
    switch self {
    case .standalone: 840
    case .wide: 872
    case .narrow: 328
    }
  }

  /// Height of the plot where its rows do not give one.
  var plotHeight: Double { self == .narrow ? 250 : 340 }
  /// Size of the type on axes and beside points.
  var textSize: Double { self == .narrow ? 12 : 13 }
  /// From one baseline to the next.
  var lineHeight: Double { textSize + 4 }
  /// Blank around the whole drawing.
  var padding: Double { self == .standalone ? 24 : 1 }
  /// Radius of a marker.
  var markerRadius: Double { self == .narrow ? 4 : 4.5 }
  /// Thickness of a bar that has company.
  var barThickness: Double { self == .narrow ? 6 : 7 }
  /// Width of the bar that says what colours stand for.
  var colourBarWidth: Double { self == .narrow ? 9 : 13 }
  /// The widest that names of categories may be.
  var categoryWidth: Double { self == .narrow ? 104 : 220 }
  /// Pixels along x that a tick's label should have, and along y.
  var tickRoom: (x: Double, y: Double) { self == .narrow ? (40, 44) : (76, 44) }
  /// Whether title, subtitle and legend are part of the drawing.
  var hasHeader: Bool { self == .standalone }
  /// Whether lines can be named where they end.
  var hasRoomForNames: Bool { self != .narrow }
}

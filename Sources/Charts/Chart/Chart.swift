/// A picture of numbers, as a value: what is shown, not how.
///
/// `SVGRenderer` and `VegaRenderer` turn it into text, `HTMLPage` puts it on a page. A value that has
/// no place on its axis (not finite, 10^300 or more, or not positive on a logarithmic axis) is left
/// out, and the picture's description says how many were.
public struct Chart: Sendable, Equatable {
  /// One line that says what the chart shows.
  public var title: String
  /// What has to be known to read it, in a sentence; nil for nothing.
  public var subtitle: String?
  /// The axis that lies.
  public var x: Axis
  /// The axis that stands.
  public var y: Axis
  /// In drawing order. Series of the same name are one thing to the reader: they share a colour and
  /// a legend entry and are shown and hidden together, as points and the law fitted to them.
  public var series: [Series]
  /// Lines across the chart, with words.
  public var referenceLines: [ReferenceLine]
  /// Remarks at places of the chart.
  public var annotations: [Annotation]
  /// Whether the Pareto front of all series of points is marked; takes effect if both axes say
  /// which way is better.
  public var marksFront: Bool
  /// What has a value all over the plot, beneath all else; nil for nothing.
  public var field: Field?

  /// Creates a chart; see the properties.
  public init(
    title: String, subtitle: String? = nil, x: Axis, y: Axis, series: [Series] = [],
    referenceLines: [ReferenceLine] = [], annotations: [Annotation] = [], marksFront: Bool = false,
    field: Field? = nil
  ) {
    self.title = title
    self.subtitle = subtitle
    self.x = x
    self.y = y
    self.series = series
    self.referenceLines = referenceLines
    self.annotations = annotations
    self.marksFront = marksFront
    self.field = field
  }
}

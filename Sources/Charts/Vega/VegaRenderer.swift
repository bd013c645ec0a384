/// Charts as Vega-Lite 5 specifications with their data inside, to be restyled by others.
///
/// See A. Satyanarayan et al., "Vega-Lite: A Grammar of Interactive Graphics" (2017), and the schema that
/// the document names.
public struct VegaRenderer: Sendable {
  public init() {}

  /// The whole document, its last line ended.
  public func render(_ chart: Chart) -> String {
    VegaSpecification(chart.plottable().chart).document.text
  }
}

/// Charts as Vega-Lite 5 specifications with their data inside, to be restyled by others.
///
/// See A. Satyanarayan et al., "Vega-Lite: A Grammar of Interactive Graphics" (2017), and the schema
/// that the document names.
public struct VegaRenderer: Sendable {
  /// A renderer; it has no settings.
  public init() {}

  /// The whole document, its last line ended.
  public func render(_ chart: Chart) -> String {
    VegaSpecification(chart.plottable().chart).document.harmless.text
  }
}

extension JSONValue {
  /// The same with all its strings as they may be shown.
  fileprivate var harmless: JSONValue {
    switch self {
    case .string(let text): .string(ShownText.harmless(text))
    case .array(let values): .array(values.map(\.harmless))
    case .object(let members): .object(members.map { ($0.name, $0.value.harmless) })
    default: self
    }
  }
}

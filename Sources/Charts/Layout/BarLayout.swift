/// Where bars stand: side by side at each place of the axis of categories, or of x.
struct BarLayout {
  /// Names of the series that are bars, in order.
  private let names: [String]
  /// Whether bars lie, because the categories are along y.
  let isHorizontal: Bool
  private let labels: [String]

  init(_ chart: Chart) {
    names = chart.series.filter { $0.kind == .bars }.reduce(into: []) { names, series in
      if !names.contains(series.name) { names.append(series.name) }
    }
    isHorizontal = chart.y.categories != nil
    labels = chart.series.filter { $0.kind == .bars }.flatMap { $0.points.compactMap(\.label) }
  }

  /// The share of an axis to leave free behind the longest bar, which may have a label; nil if bars
  /// do not go along it.
  func headroom(isVertical: Bool, _ format: DrawingFormat) -> Double? {
    guard !names.isEmpty, isVertical != isHorizontal else { return nil }
    guard let longest = labels.map({ TextMetrics.width($0, size: format.textSize) }).max() else {
      return 0.02
    }
    return isHorizontal ? min(0.5, (longest + 8) / (format.width * 0.68)) : 0.08
  }

  /// Height of one row of lying bars, with the gap between rows.
  func rowHeight(_ format: DrawingFormat) -> Double {
    let count = Double(max(names.count, 1))
    return max(24, count * (count == 1 ? 14 : format.barThickness) + 12)
  }

  /// The ends of the bar of series `name` across its own length, around the place `centre`.
  ///
  /// - Parameter pitch: from one category to the next.
  func ends(of name: String, around centre: Double, pitch: Double) -> (Double, Double) {
    let count = Double(max(names.count, 1))
    let room = max(pitch - 10, pitch * 0.6)
    let thickness = min(room / count, 40)
    let index = Double(names.firstIndex(of: name) ?? 0)
    // On whole pixels, so that all look equally thick.
    let start = (centre + (index - count / 2) * thickness).rounded()
    return (start, start + max(thickness - 1, thickness * 0.8))
  }
}

import Charts

extension ComparisonCharts {
  /// Which way bytes go.
  enum Direction: String {
    case encoding, decoding

    var speed: KeyPath<ComparisonRow, Double?> {
      self == .encoding ? \.encodeSpeed : \.decodeSpeed
    }
  }

  /// Bits per byte against speed, a series for each family of methods.
  ///
  /// Nil with fewer than two to compare. What does not compress is far from all else and would press
  /// it into a corner: it is named, not drawn.
  func speed(of direction: Direction) -> Chart? {
    guard options.showsSpeed else { return nil }
    let timed = rows.filter { $0[keyPath: direction.speed] != nil }
    let compressing = timed.filter { $0.codedBytes! < $0.bytes }
    let shown = compressing.count >= 2 ? compressing : timed
    guard shown.count > 1 else { return nil }
    let left = timed.filter { row in !shown.contains { $0.label == row.label } }
    let families = shown.map(Self.family).reduce(into: [String]()) { families, family in
      if !families.contains(family) { families.append(family) }
    }
    return Chart(
      title: "Bits per byte against \(direction.rawValue) speed",
      subtitle: subtitle(leftOut: left, direction),
      x: .init("\(direction.rawValue) speed, MB/s", scale: .logarithmic, better: .high),
      y: .init("bits per byte", better: .low),
      series: families.map { family in
        let members = shown.filter { Self.family(of: $0) == family }
        return .init(family, kind: .points, points: members.map { point(of: $0, direction) })
      }, marksFront: true)
  }

  private static func family(of row: ComparisonRow) -> String {
    String(row.label.prefix { $0 != ":" })
  }

  private func point(of row: ComparisonRow, _ direction: Direction) -> Chart.Point {
    let speed = row[keyPath: direction.speed]!
    let trust = row.isTimedAlone ? "" : ", approximately"
    return Chart.Point(
      speed / 1e6, row.bitsPerByte!, label: row.label,
      detail: Self.detail(
        of: row, ["\(direction.rawValue) \(NumberFormat.megabytesPerSecond(speed)) MB/s\(trust)"]))
  }

  private func subtitle(leftOut: [ComparisonRow], _ direction: Direction) -> String {
    let left = leftOut.map { row in
      let speed = NumberFormat.megabytesPerSecond(row[keyPath: direction.speed]!)
      return "\(row.label) (\(NumberFormat.fixed(row.bitsPerByte!, decimals: 4)) at \(speed) MB/s)"
    }
    return [
      "Ringed: no other method is both faster and smaller.",
      comparison.isTimedAlone
        ? "Each method was timed alone."
        : "Speeds are approximate: methods were measured side by side.",
      left.isEmpty ? nil : "Off the chart: \(left.joined(separator: ", ")).",
    ].compactMap(\.self).joined(separator: " ")
  }
}

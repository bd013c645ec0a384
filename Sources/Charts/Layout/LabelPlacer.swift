/// Words in a drawing that had to find a place.
struct PlacedLabel {
  enum Anchor: String {
    case start, middle, end
  }

  let text: String
  let x: Double
  /// Of the baseline.
  let y: Double
  let anchor: Anchor
  let box: Rectangle
  /// The series that it belongs to, if it belongs to one.
  var series: Int?
  /// The step of the palette that it stands on, if it stands on a contour line.
  var shade: Int?
  /// What it is the name of, if it stands away from it.
  var leader: (x: Double, y: Double)?
}

/// Finds places for labels so that they cover neither each other nor what is drawn.
struct LabelPlacer {
  /// Where a label may stand: its point of reference, its anchor, and its vertical middle.
  struct Candidate {
    let x: Double
    let middle: Double
    let anchor: PlacedLabel.Anchor
  }

  private let bounds: Rectangle
  private let size: Double
  private var solid: [Rectangle] = []
  private var soft: [Rectangle] = []

  /// - Parameters:
  ///   - bounds: that no label may leave.
  ///   - size: of the type.
  init(bounds: Rectangle, size: Double) {
    self.bounds = bounds
    self.size = size
  }

  /// Marks a place that no label may cover.
  mutating func block(_ box: Rectangle) { solid.append(box) }

  /// Marks a line that labels should not cover.
  mutating func avoid(from start: (x: Double, y: Double), to end: (x: Double, y: Double)) {
    let length = max(abs(end.x - start.x), abs(end.y - start.y))
    let steps = max(1, Int(length / 6))
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      let x = start.x + (end.x - start.x) * share
      let y = start.y + (end.y - start.y) * share
      soft.append(Rectangle(left: x - 2, top: y - 2, right: x + 2, bottom: y + 2))
    }
  }

  /// Puts `text` at the best of `candidates` and keeps others away from it.
  ///
  /// - Parameter isNeeded: whether it is put there even if it covers something.
  /// - Returns: nil if there is no good place and it is not needed.
  mutating func place(
    _ text: String, at candidates: [Candidate], isNeeded: Bool = false
  ) -> PlacedLabel? {
    var best: (label: PlacedLabel, cost: Double)?
    for (rank, candidate) in candidates.enumerated() {
      let label = label(text, at: candidate)
      let cost = cost(of: label.box) + Double(rank)
      if cost < best?.cost ?? .infinity { best = (label, cost) }
    }
    guard let best, isNeeded || best.cost < Self.unbearable else { return nil }
    solid.append(best.label.box)
    return best.label
  }

  /// From this cost on, no label is better than this one.
  private static let unbearable = 1000.0

  private func cost(of box: Rectangle) -> Double {
    let outside = box.isInside(bounds) ? 0 : 10 * Self.unbearable
    let covered = solid.reduce(0) { $0 + $1.overlap(with: box) }
    let crossed = soft.reduce(0) { $0 + $1.overlap(with: box) }
    return outside + (covered > 1 ? Self.unbearable + covered : 0) + crossed
  }

  private func label(_ text: String, at candidate: Candidate) -> PlacedLabel {
    let width = TextMetrics.width(text, size: size)
    let left =
      switch candidate.anchor {
      case .start: candidate.x
      case .middle: candidate.x - width / 2
      case .end: candidate.x - width
      }
    let half = size * 0.6
    return PlacedLabel(
      text: text, x: candidate.x, y: candidate.middle + size * 0.35, anchor: candidate.anchor,
      box: Rectangle(
        left: left, top: candidate.middle - half, right: left + width,
        bottom: candidate.middle + half))
  }
}

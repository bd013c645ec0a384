import Charts
import Testing

@Suite struct FrontTests {
  private func front(
    _ points: [(Double, Double)], _ x: Chart.Axis.Better?, _ y: Chart.Axis.Better?
  ) -> [[Double]] {
    Chart(
      title: "", x: .init("", better: x), y: .init("", better: y),
      series: [
        .init("a", kind: .points, points: points.map { .init($0.0, $0.1) }),
        .init("lines are not on it", kind: .line, points: [.init(1e9, -1e9)]),
      ]
    ).front.map { [$0.x, $0.y] }
  }

  private let points = [(1.0, 1.0), (2, 3), (3, 2), (3, 5), (0.5, 1), (.nan, 0)]

  @Test func noPointOfItIsBeaten() {
    #expect(front(points, .high, .low) == [[1, 1], [3, 2]])
    #expect(front(points, .low, .low) == [[0.5, 1]])
    #expect(front(points, .high, .high) == [[3, 5]])
    #expect(front(points, .low, .high) == [[0.5, 1], [2, 3], [3, 5]])
  }

  @Test func withoutABetterEndThereIsNone() {
    #expect(front(points, nil, .low) == [] && front(points, .high, nil) == [])
  }
}

import Evidence
import Testing

@Suite struct IntervalTests {
  @Test func containsItsEndsAndNothingBeyond() {
    let interval = Interval(low: -1, high: 2)
    #expect(interval.contains(-1) && interval.contains(2) && interval.contains(0))
    #expect(!interval.contains(2.0001) && !interval.contains(-1.0001))
    #expect(interval.halfWidth == 1.5)
  }
}

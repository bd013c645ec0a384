import Charts
import Testing

@Suite struct AxisScaleTests {
  @Test func namesAreThoseOfVegaLiteShortened() {
    #expect(AxisScale.linear.rawValue == "linear")
  }
}

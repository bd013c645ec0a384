import NeuralModels
import Testing

@Suite struct ParameterLayoutTests {
  @Test func tensorsBeginAtMultiplesOfSixteen() {
    var layout = ParameterLayout()
    #expect(layout.add("a", [3, 7], .matrix) == 0)
    #expect(layout.add("b", [5], .bias) == 32)
    #expect(layout.parameterCount == 26)
    #expect(layout.bufferCount == 48)
  }
}

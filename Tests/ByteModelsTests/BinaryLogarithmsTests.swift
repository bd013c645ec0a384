import Testing
import _TestSupport

@testable import ByteModels

/// The tables' logarithms and powers against the library's.
@Suite struct BinaryLogarithmsTests {
  @Test func logarithmsAreGoodToTheirLastBit() {
    let tables = BinaryLogarithms()
    var value: Float = 1e-30
    while value < 1e30 {
      let error = Double(tables.log2(value)) - log2Reference(Double(value))
      #expect(abs(error) < 0.0002)
      value *= 1.37
    }
  }

  @Test func powersUndoLogarithms() {
    let tables = BinaryLogarithms()
    for i in -2000...2000 {
      let x = Float(i) / 100
      #expect(abs(tables.log2(tables.exp2(x)) - x) < 0.0005, "at \(x)")
    }
  }
}

import BPBCore
import Testing

@Suite struct MillionthsTests {
  @Test(arguments: [
    ("0", 0, "0"), ("1", 1_000_000, "1"), ("1.5", 1_500_000, "1.5"), ("0.000001", 1, "0.000001"),
    ("007.250", 7_250_000, "7.25"), ("10.01", 10_010_000, "10.01"), ("100", 100_000_000, "100"),
    ("1000000000", 1_000_000_000_000_000, "1000000000"),
  ])
  func textAndBack(text: String, count: Int, canonical: String) {
    let number = Millionths(text)
    #expect(number == Millionths(count: count))
    #expect(number?.description == canonical)
    #expect(number?.value == Double(text))
  }

  @Test(arguments: [
    "", ".", ".5", "5.", "-1", "+1", "1e3", "1,5", "0.1234567", "1.5.2", " 1", "٣", "1000000001",
    "99999999999999999999", "0x1", "nan",
  ])
  func whatIsNoNumberIsNone(text: String) {
    #expect(Millionths(text) == nil)
  }
}

import Testing

@testable import Charts

@Suite struct NumberTextTests {
  @Test(arguments: [
    (0.0, "0"), (1, "1"), (1.85904, "1.859"), (209_249, "209,249"), (0.00012346, "0.0001235"),
    (-2.5, "−2.5"), (1.2e-7, "1.2 × 10⁻⁷"), (1e9, "10⁹"), (12_345_678, "1.23 × 10⁷"),
    (.infinity, "–"), (.nan, "–"), (9.9999, "10"),
  ])
  func shortNumbers(value: Double, text: String) {
    #expect(NumberText.short(value) == text)
  }

  @Test(arguments: [
    (0.0, "0 B"), (512, "512 B"), (1024, "1 KiB"), (1536, "1.5 KiB"), (992_400, "969 KiB"),
    (1_048_576, "1 MiB"), (1e12, "931 GiB"),
  ])
  func bytes(count: Double, text: String) {
    #expect(NumberText.bytes(count) == text)
  }
}

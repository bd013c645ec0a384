import Reports
import Testing

@Suite struct NumberFormatTests {
  @Test(arguments: [
    (2.2725, 4, "2.2725"), (0, 4, "0.0000"), (-0.00001, 4, "0.0000"), (-1.5, 1, "-1.5"),
    // 2.675 and 1.005 are a little less than they look, 1.115 a little more.
    (2.675, 2, "2.67"), (1.005, 2, "1.00"), (1.115, 2, "1.11"), (0.5, 0, "0"), (1.5, 0, "2"),
    (0.125, 2, "0.12"), (0.375, 2, "0.38"), (9.99996, 4, "10.0000"), (1e-300, 9, "0.000000000"),
    (999_999_999_999_999, 9, "999999999999999.000000000"), (1e20, 2, "1e+20"),
    (.infinity, 2, "inf"), (0.1, 9, "0.100000000"), (7.999_999_9, 6, "8.000000"),
  ])
  func fixedRoundsTheExactValue(value: Double, decimals: Int, expected: String) {
    #expect(NumberFormat.fixed(value, decimals: decimals) == expected)
  }

  @Test func fixedReadsBackWithinHalfAUnit() {
    for numerator in 0..<2000 {
      let value = Double(numerator) / 7
      let text = NumberFormat.fixed(value, decimals: 3)
      #expect(abs(Double(text)! - value) <= 0.000_500_000_1)
    }
  }

  @Test func groups() {
    let cases = [
      0: "0", 7: "7", 999: "999", 1000: "1,000", 43_202: "43,202", -1_234_567: "-1,234,567",
      Int.min: "-9,223,372,036,854,775,808",
    ]
    for (value, expected) in cases { #expect(NumberFormat.grouped(value) == expected) }
  }

  @Test func bytesSpeedsAndTimesHaveAboutThreeDigits() {
    let bytes = [
      0: "0 B", 1023: "1023 B", 1024: "1.0 KiB", 268_352: "262 KiB", 1_048_575: "1.0 MiB",
      706_740_224: "674 MiB", 1 << 41: "2.0 TiB",
    ]
    for (value, expected) in bytes { #expect(NumberFormat.bytes(value) == expected) }
    let speeds = [
      1_234.0: "0.001", 999_600: "1.00", 9_996_000: "10.0", 12_345_678: "12.3",
      99_960_000: "100", 1_234_567_890: "1,235", 1e30: "1e+24",
    ]
    for (value, expected) in speeds { #expect(NumberFormat.megabytesPerSecond(value) == expected) }
    let times = [
      0: "0.0 ms", 0.0034: "3.4 ms", 0.012: "12 ms", 3.44: "3.4 s", 59.96: "1 min 00 s",
      125: "2 min 05 s", 5400: "1 h 30 min", .infinity: "inf s",
    ]
    for (value, expected) in times { #expect(NumberFormat.duration(value) == expected) }
    #expect(NumberFormat.percent(0.0306) == "3.1%")
  }
}

import Testing
import _TestSupport

@testable import Charts

@Suite struct HeatTests {
  @Test func shadesFollowTheNumbers() {
    let bits = [0, 0.05, 0.1, 0.29, 0.3, 1, 2, 4, 7.99, 8, 30, Double.infinity]
    #expect(bits.map { HeatScale.bits.shade(of: $0) } == [0, 0, 1, 1, 2, 3, 4, 5, 5, 6, 6, 6])
    let differences = [-9, -3, -1, -0.3, -0.29, 0, 0.29, 0.3, 2.9, 3]
    #expect(
      differences.map { HeatScale.difference.shade(of: $0) } == [-3, -3, -2, -1, 0, 0, 0, 1, 2, 3])
    #expect(HeatScale.bits.shades == 0...6 && HeatScale.difference.shades == -3...3)
    #expect((0...6).map(HeatScale.bits.label).first == "under 0.1")
    #expect(HeatScale.bits.label(of: 6) == "8 and more")
    #expect(HeatScale.difference.label(of: -2) == "1 to 3")
  }

  /// The colours of both kinds of terminals and of pages, as background and ink.
  private static func pairs(_ palette: HeatPalette) -> [[(Colour, Colour)]] {
    let scales = [palette.bits, palette.below, palette.above]
    return scales.map { $0.map { ($0.background, $0.ink) } }
      + scales.map { $0.map { (indexed($0.index), indexed($0.inkIndex)) } }
  }

  /// A colour of the cube of 216 or of the 24 greys that terminals with 256 colours have (xterm).
  private static func indexed(_ index: Int) -> Colour {
    if index >= 232 { return Colour(UInt32(8 + 10 * (index - 232)) * 0x010101) }
    let steps: [UInt32] = [0, 95, 135, 175, 215, 255]
    let place = index - 16
    return Colour(steps[place / 36] << 16 | steps[place / 6 % 6] << 8 | steps[place % 6])
  }

  @Test func textStandsOutAndLightnessGoesOneWay() {
    for (palette, isLight) in [(HeatPalette.light, true), (.dark, false)] {
      for scale in Self.pairs(palette) {
        for (background, ink) in scale {
          #expect(PaletteTests.contrast(background, ink) >= 4.5, "\(background.text)")
        }
        // Seen from white, colours on a light ground come ever closer; on a dark one they leave it.
        let distances = scale.map {
          PaletteTests.contrast($0.0, Colour(isLight ? 0xFFFFFF : 0x000000))
        }
        #expect(distances == distances.sorted() && Set(distances).count == distances.count)
      }
    }
  }

  @Test func terminalsGetTheirCodes() {
    let plain = HeatTerminal(hasTrueColour: false, isLight: false)
    #expect(plain.code(of: 0, on: .bits) == "\u{1B}[0m")
    #expect(plain.code(of: 6, on: .bits) == "\u{1B}[38;5;16;48;5;223m")
    #expect(plain.code(of: -1, on: .difference) == "\u{1B}[38;5;231;48;5;17m")
    let rich = HeatTerminal(hasTrueColour: true, isLight: true)
    #expect(rich.code(of: 6, on: .bits) == "\u{1B}[38;2;255;255;255;48;2;179;18;47m")
  }

  private static let hostile = "</pre><script>alert(1)</script>\" onclick='x' &amp; \u{202E}"

  private static func page(_ methods: [String]) -> HTMLPage {
    let shades = Array(repeating: 3, count: methods.count)
    let difference = methods.count == 2 ? -2 : 0
    return HTMLPage(
      title: "map",
      blocks: [
        .heatMap(
          .init(
            caption: hostile, methods: methods,
            runs: [
              .init("plain ", shades: shades.map { _ in 0 }),
              .init(hostile, shades: shades, difference: difference, detail: hostile),
            ]))
      ])
  }

  @Test(arguments: [["<b>a"], ["<b>a", "'b\""]]) func textIsNeverMarkup(methods: [String]) {
    let reader = MarkupReader(Self.page(methods).render())
    #expect(reader.faults.isEmpty, "\(reader.faults)")
    #expect(reader.elements.count { $0.name == "script" } == 1)
    #expect(!reader.elements.contains { $0.name == "b" })
    #expect(!reader.elements.flatMap(\.attributes).contains { $0.name.hasPrefix("on") })
    #expect(reader.text.contains("plain </pre><script>alert(1)</script>"))
    #expect(!reader.text.contains("\u{202E}"))
  }

  @Test func oneMethodHasNoSwitchAndTwoHaveThree() {
    let one = MarkupReader(Self.page(["a"]).render())
    #expect(!one.elements.contains { $0.name == "input" })
    #expect(one.elements.contains { $0.name == "i" && $0["class"] == "a3" })
    let two = MarkupReader(Self.page(["a", "b"]).render())
    let inputs = two.elements.filter { $0.name == "input" }
    #expect(inputs.compactMap { $0["class"] } == ["view-d", "view-a", "view-b"])
    #expect(inputs.map { $0["checked"] != nil } == [true, false, false])
    #expect(two.elements.contains { $0.name == "i" && $0["class"] == "a3 b3 l2" })
  }

  @Test func otherPagesCarryNoneOfItsRules() {
    #expect(!HTMLPage(title: "x").render().contains(".heat"))
    #expect(Self.page(["a"]).render().contains(".heat"))
  }

  @Test func manyNumbersAreALine() throws {
    let values = (0..<40).map { Double($0) / 8 }
    let text = JSONValue.object([("x", .numbers(values)), ("y", .numbers([]))]).text
    #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 100 })
    let numbers = text.split { !"0123456789.".contains($0) }.compactMap { Double($0) }
    #expect(numbers == values && text.contains("\"y\": []"))
  }
}

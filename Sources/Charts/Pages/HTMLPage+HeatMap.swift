extension HTMLPage {
  /// A text with a colour behind each stretch of it: what a method pays there, or what one pays more than another.
  ///
  /// With two methods the reader chooses, without scripts, between the difference and either method; the text stays where
  /// it is.
  public struct HeatMap: Sendable, Equatable {
    /// A stretch whose colours are the same.
    public struct Run: Sendable, Equatable {
      /// As it is to be read, ends of lines included.
      public var text: String
      /// One for each method, on `HeatScale.bits`.
      public var shades: [Int]
      /// That of the first method less the second, on `HeatScale.difference`; 0 for one method.
      public var difference: Int
      /// What is shown when it is pointed at; nil for nothing.
      public var detail: String?

      /// Creates a run; see the properties.
      public init(_ text: String, shades: [Int], difference: Int = 0, detail: String? = nil) {
        self.text = text
        self.shades = shades
        self.difference = difference
        self.detail = detail
      }
    }

    /// What the map shows, for those who do not see it.
    public var caption: String
    /// Names of the methods: one or two.
    public var methods: [String]
    /// From the first to the last.
    public var runs: [Run]

    /// Creates a map; see the properties.
    public init(caption: String, methods: [String], runs: [Run]) {
      precondition((1...2).contains(methods.count), "a heat map is of one method or of two")
      self.caption = caption
      self.methods = methods
      self.runs = runs
    }
  }
}

extension HTMLPage.HeatMap {
  /// The map's markup.
  ///
  /// - Parameter name: of this map alone among those of its page.
  func markup(named name: String) -> Markup {
    let text = Markup.element(
      "pre",
      [
        .init("class", "text"), .init("role", "region"), .init("tabindex", "0"),
        .init("aria-label", caption),
      ], runs.map(Self.markup))
    guard methods.count == 2 else {
      return .block("div", [.init("class", "heat single")], [Self.bitsLegend, text])
    }
    return .block(
      "div", [.init("class", "heat")],
      views(name) + [Self.bitsLegend, differenceLegend, text])
  }

  /// Buttons of which one is pressed; they stand before what they change.
  private func views(_ name: String) -> [Markup] {
    let names = ["difference"] + methods
    return zip(["view-d", "view-a", "view-b"], names).flatMap { view, label in
      let id = "\(name)-\(view)"
      return [
        Markup.empty(
          "input",
          [
            .init("type", "radio"), .init("name", name), .init("id", id), .init("class", view),
            .init("checked", view == "view-d" ? "checked" : nil),
          ]),
        .element("label", [.init("for", id)], [.element("bdi", [], [.text(label)])]),
      ]
    }
  }

  private static func markup(_ run: Run) -> Markup {
    let classes = zip(["a", "b"], run.shades).filter { $0.1 > 0 }.map { "\($0.0)\($0.1)" }
    let difference = run.difference == 0 ? [] : [differenceClass(run.difference)]
    let all = (classes + difference).joined(separator: " ")
    if all.isEmpty && run.detail == nil { return .text(run.text) }
    return .element(
      "i", [.init("class", all.isEmpty ? nil : all), .init("title", run.detail)],
      [.text(run.text)])
  }

  private static func differenceClass(_ shade: Int) -> String {
    (shade < 0 ? "l" : "g") + "\(shade.magnitude)"
  }

  private static var bitsLegend: Markup {
    let scale = HeatScale.bits
    let steps = scale.shades.map { (shade: "s\($0)", words: scale.label(of: $0)) }
    return legend("of-bits", [("", "bits per byte:")] + steps)
  }

  private var differenceLegend: Markup {
    let scale = HeatScale.difference
    let steps = scale.shades.map {
      (shade: $0 == 0 ? "s0" : Self.differenceClass($0), words: scale.label(of: $0))
    }
    return Self.legend(
      "of-difference",
      [("", "\(methods[0]) cheaper by")] + steps + [("", "\(methods[1]) cheaper by")])
  }

  private static func legend(_ look: String, _ steps: [(shade: String, words: String)]) -> Markup {
    .block(
      "ul", [.init("class", "shades \(look)")],
      steps.map { shade, words in
        let words = Markup.element("bdi", [], [.text(words)])
        return .element(
          "li", [], [shade.isEmpty ? words : .element("i", [.init("class", shade)], [words])])
      })
  }
}

import Charts

/// An explanation as a page that stands alone.
public struct ExplanationPage: Sendable {
  /// Most bytes that a page draws, or half as many of two methods: it has some five megabytes then, and browsers still
  /// scroll through it.
  private static let mostBytes = 120_000
  /// Points of the curve over the text.
  private static let windows = 100
  private static let excerptWidth = 56

  private let explanation: ByteExplanation
  private let summary: ExplanationSummary
  private let drawn: Range<Int>

  /// The page of `explanation`, whose range it draws, or as much of its beginning as a page holds.
  public init(_ explanation: ByteExplanation) {
    self.explanation = explanation
    summary = ExplanationSummary(explanation)
    let most = Self.mostBytes / explanation.accounts.count
    let range = explanation.range
    drawn = TextCharacters.aligned(
      range.lowerBound..<min(range.upperBound, range.lowerBound + most), in: explanation.text)
  }

  /// The whole page, its last line ended.
  public func render() -> String {
    HTMLPage(
      title: "Where the bits of \(explanation.name) are",
      overline: "BitsPerByte: how well methods predict a corpus", lead: lead,
      blocks: [figures, map] + curve + [tables] + notes
    ).render()
  }

  private var names: [String] {
    explanation.accounts.indices.map {
      ExplanationTables.label(of: $0, among: explanation.accounts)
    }
  }

  private var lead: HTMLPage.Phrase {
    let methods = names.map { HTMLPage.Phrase.Piece.code($0) }
    let joined = methods.count == 2 ? [methods[0], .text(" and "), methods[1]] : methods
    return .init(
      [.text("What each byte costs under ")] + joined + [
        .text(
          """
          : -log2 of the probability that the byte had before it came. Bits are where a method is surprised; what it \
          expects is nearly free.
          """)
      ])
  }

  private var figures: HTMLPage.Block {
    .figures(
      zip(names, summary.surveys).map { name, survey in
        .init(
          survey.total.bitsPerByte.map { NumberFormat.fixed($0, decimals: 4) } ?? "–",
          "bits per byte, \(name)")
      } + [
        .init(
          NumberFormat.percent(summary.surveys[0].share(ofBits: summary.surveys[0].levels[3])),
          "of the bits are in bytes of 4 bits and more, "
            + NumberFormat.percent(summary.surveys[0].share(ofBytes: summary.surveys[0].levels[3]))
            + " of the bytes" + (names.count == 2 ? " (A)" : ""))
      ])
  }

  private var map: HTMLPage.Block {
    let all = NumberFormat.grouped(explanation.text.count)
    let what =
      drawn.count == explanation.text.count
      ? "All \(all) bytes."
      : "Bytes \(NumberFormat.grouped(drawn.lowerBound)) to \(NumberFormat.grouped(drawn.upperBound)) of \(all), "
        + "counted from 0; everything below is about the whole text."
    return .section(
      "The text",
      [
        .paragraph(
          .init(
            what
              + " Each character has the colour of its bits per byte. Point at a stretch to see the bits of its "
              + "characters; ↵ is the end of a line, → a tab, \\x1b and its like are bytes that do not print."
          )),
        .heatMap(
          .init(
            caption: "The text, coloured by what it costs", methods: names,
            runs: HeatRuns.runs(of: explanation, drawn))),
      ])
  }

  /// Bits per byte along the text.
  private var curve: [HTMLPage.Block] {
    let count = explanation.text.count
    let step = max((count + Self.windows - 1) / Self.windows, 1)
    guard count >= 2 * Self.windows else { return [] }
    let series = zip(names, explanation.accounts).map { name, account in
      Chart.Series(
        name, kind: .line,
        points: stride(from: 0, to: count, by: step).map { start in
          let range = start..<min(start + step, count)
          let rate = account.bitsPerByte(of: range)
          return Chart.Point(
            Double(range.lowerBound), rate,
            detail: """
              \(name)
              bytes \(NumberFormat.grouped(range.lowerBound)) to \(NumberFormat.grouped(range.upperBound - 1))
              \(NumberFormat.fixed(rate, decimals: 3)) bits per byte
              """)
        }, dash: .solid)
    }
    let chart = Chart(
      title: "Bits per byte along the text",
      subtitle: "Each point is the mean of \(NumberFormat.grouped(step)) bytes.",
      x: .init("place in the text", unit: .bytes),
      y: .init("bits per byte", better: .low, includesZero: true), series: series)
    return [.section("Along the text", [.chart(chart)])]
  }

  private var tables: HTMLPage.Block {
    let tables = ExplanationTables(summary: summary, excerptWidth: Self.excerptWidth)
    return .section(
      "What the bits are spent on",
      tables.all.filter { !$0.rows.isEmpty }.map { .section($0.caption, [.table($0)]) })
  }

  private var notes: [HTMLPage.Block] {
    let notes = ExplanationWords(summary: summary).notes + [ExplanationWords.stretches]
    return [.section("Notes", [.list(notes.map { HTMLPage.Phrase($0) })])]
  }
}

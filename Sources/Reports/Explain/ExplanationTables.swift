import Charts

/// The tables of an explanation, the same on a terminal and on a page.
struct ExplanationTables {
  let summary: ExplanationSummary
  /// Columns for the text of a stretch.
  let excerptWidth: Int

  private var accounts: [ByteExplanation.Account] { summary.explanation.accounts }
  private var isPair: Bool { accounts.count == 2 }

  /// Every table, in the order of a report.
  var all: [HTMLPage.Table] { [totals, levels, classes, words] + places }

  /// Names of two methods as other tables refer to them.
  static func label(of method: Int, among accounts: [ByteExplanation.Account]) -> String {
    accounts.count == 2 ? ["A ", "B "][method] + accounts[method].name : accounts[method].name
  }

  /// What each method pays altogether.
  var totals: HTMLPage.Table {
    let sendsModel = accounts.contains { $0.sentModelBytes > 0 }
    let hasFile = accounts.contains { $0.modelFileBytes > 0 }
    let rows = zip(accounts.indices, summary.surveys).map { method, survey in
      let account = accounts[method]
      let data = Int((survey.total.bits / 8).rounded(.up))
      let parts = [data, account.sentModelBytes, data + account.sentModelBytes]
      return HTMLPage.Table.Row(
        [Self.label(of: method, among: accounts), rate(survey.total), bits(survey.total.bits)]
          + (sendsModel ? parts : [data]).map(NumberFormat.grouped)
          + (hasFile ? [NumberFormat.grouped(account.modelFileBytes)] : []))
    }
    return .init(
      caption: "What the text takes",
      columns: [.text("method"), .number("bits/byte"), .number("bits"), .number("bytes")]
        + (sendsModel ? [.number("model sent"), .number("together")] : [])
        + (hasFile ? [.number("model file")] : []),
      rows: rows)
  }

  /// Bytes by how many bits they take.
  var levels: HTMLPage.Table {
    let columns: [HTMLPage.Table.Column] =
      isPair
      ? [.number("bytes A"), .number("bytes B"), .number("of bits A"), .number("of bits B")]
      : [.number("bytes"), .number("of bytes"), .number("bits"), .number("of bits")]
    let rows = ByteSurvey.levelLabels.indices.map { level in
      let tallies = summary.surveys.map { $0.levels[level] }
      let parts = zip(summary.surveys, tallies).map {
        (bytes: $0.share(ofBytes: $1), bits: $0.share(ofBits: $1))
      }
      let cells =
        isPair
        ? parts.map { NumberFormat.percent($0.bytes) } + parts.map { NumberFormat.percent($0.bits) }
        : [
          NumberFormat.grouped(tallies[0].bytes), NumberFormat.percent(parts[0].bytes),
          bits(tallies[0].bits), NumberFormat.percent(parts[0].bits),
        ]
      return HTMLPage.Table.Row([ByteSurvey.levelLabels[level]] + cells)
    }
    return .init(
      caption: "How many bits a byte takes", columns: [.text("bits of a byte")] + columns,
      rows: rows)
  }

  /// Bits by kinds of bytes.
  var classes: HTMLPage.Table {
    kinds("Which bytes take them", "bytes that are", ByteClass.allCases.map(\.label)) {
      $0.classes
    }
  }

  /// Bits by places in words.
  var words: HTMLPage.Table {
    kinds("Where in words they are", "place", WordPlace.allCases.map(\.label)) { $0.words }
  }

  /// A row for each kind of byte that there is.
  private func kinds(
    _ caption: String, _ title: String, _ labels: [String],
    _ tallies: (ByteSurvey) -> [ByteSurvey.Tally]
  ) -> HTMLPage.Table {
    let columns: [HTMLPage.Table.Column] =
      isPair
      ? [.number("bits/byte A"), .number("B"), .number("bits A - B")]
      : [.number("of bytes"), .number("bits/byte"), .number("bits"), .number("of bits")]
    let rows = labels.indices.compactMap { kind -> HTMLPage.Table.Row? in
      let own = summary.surveys.map { tallies($0)[kind] }
      guard own[0].bytes > 0 else { return nil }
      let cells =
        isPair
        ? own.map(rate) + [bits(own[0].bits - own[1].bits)]
        : [
          NumberFormat.percent(summary.surveys[0].share(ofBytes: own[0])), rate(own[0]),
          bits(own[0].bits),
          NumberFormat.percent(summary.surveys[0].share(ofBits: own[0])),
        ]
      return .init([labels[kind], NumberFormat.grouped(own[0].bytes)] + cells)
    }
    return .init(caption: caption, columns: [.text(title), .number("bytes")] + columns, rows: rows)
  }

  /// The stretches that stand out: the dearest, or those where either method wins most.
  var places: [HTMLPage.Table] {
    guard let contest = summary.contest else {
      return [places("The dearest stretches", summary.places[0])]
    }
    return zip(["Where A saves most", "Where B saves most"], contest.places).map(places)
  }

  private func places(
    _ caption: String, _ places: [ExplanationSummary.Place]
  ) -> HTMLPage.Table {
    let bits: [HTMLPage.Table.Column] =
      isPair ? [.number("bits A"), .number("B")] : [.number("bits")]
    return .init(
      caption: caption,
      columns: [.number("line"), .number("byte"), .number("bytes")] + bits + [.text("text")],
      rows: places.map { place in
        .init(
          [place.line, place.range.lowerBound, place.range.count].map(NumberFormat.grouped)
            + place.bits.map { NumberFormat.fixed($0, decimals: 1) } + [excerpt(place.range)])
      })
  }

  /// As much of a stretch as there is room for.
  private func excerpt(_ range: Range<Int>) -> String {
    let text = summary.explanation.text
    let shown = TextCharacters(text, range).prefix(excerptWidth + 1).map { $0.shown(in: text) }
    return DisplayWidth.truncate(shown.joined(), to: excerptWidth)
  }

  /// Whole bits.
  private func bits(_ bits: Double) -> String { NumberFormat.grouped(Int(bits.rounded())) }

  private func rate(_ tally: ByteSurvey.Tally) -> String {
    tally.bitsPerByte.map { NumberFormat.fixed($0, decimals: 4) } ?? "–"
  }
}

import BPBCore
import Charts
import Evidence
import Reports
import RunRecords

extension MemorisationFindings {
  var preamble: [String] {
    let base = results.values(of: "base").first.flatMap(Int.init) ?? 0
    return [
      "Planted in the first \(NumberFormat.grouped(base)) bytes of the training part: canaries of \(Planting.canaryLength) "
        + "random bytes and passages of \(Planting.passageLength) bytes from further on. Clean: as many bytes of the training part "
        + "alone. Deduplicated: of repetitions of \(Planting.repeatWidth) bytes or more the first kept, filled up with fresh text. "
        + "Quarter: the same strings in a quarter of the text.",
      "Extracted: greedy completion gives all of the rest after the first k bytes. Saved: bits less than under the same model "
        + "of the clean text, at most 8 a byte, less what is saved on strings that were never planted.",
    ]
  }

  var tables: [ReportTable] {
    [canaryTable, passageTable, windowTable, lossTable].filter { !$0.rows.isEmpty }
  }

  // MARK: Strings

  /// The strings of `set` with `copies` of all seeds.
  private func pooled(
    _ set: StringSet, _ model: String, _ learned: Planting.Learned, _ copies: ClosedRange<Int>
  ) -> [Known] {
    seeds.flatMap { strings(set, model, learned, $0) }.filter { copies.contains($0.copies) }
  }

  private func extracted(_ strings: [Known], after prefix: Int) -> Interval.Share? {
    Interval.Share(strings.count { $0.isExtracted(after: prefix) }, of: strings.count)
  }

  private func saved(
    _ set: StringSet, _ model: String, _ copies: ClosedRange<Int>,
    _ learned: Planting.Learned = .planted, against reference: Planting.Learned = .clean
  ) -> Double? {
    seeds.compactMap {
      meanSaved(
        set, copies: copies, model, learned, against: reference, lessControls: copies != 0...0,
        seed: $0)
    }.mean
  }

  private static func text(_ bits: Double?) -> String { NumberFormat.fixed(bits, decimals: 1) }

  private var canaryTable: ReportTable {
    let rows = models.flatMap { model in
      ([0] + Planting.canaryCopies).compactMap { copies -> [String]? in
        let set: StringSet = copies == 0 ? .controls : .canaries
        let strings = pooled(set, model, .planted, copies...copies)
        guard !strings.isEmpty else { return nil }
        return [model, "\(copies)"]
          + Planting.prefixes.map { extracted(strings, after: $0)?.text ?? "–" }
          + [Self.text(saved(set, model, copies...copies))]
      }
    }
    return ReportTable(
      kind: .study, title: "Canaries extracted after k bytes, and bits saved",
      note:
        "Shares with Wilson's 95 % interval, all seeds together. 0 copies: controls, and what is saved on them by itself.",
      heads: ["model", "copies"] + Planting.prefixes.map { "k = \($0)" } + ["bits saved"],
      rows: rows)
  }

  private var passageTable: ReportTable {
    let rows = models.flatMap { model in
      ([0] + Planting.passageCopies).compactMap { copies -> [String]? in
        let set: StringSet = copies == 0 ? .heldOut : .passages
        guard !pooled(set, model, .planted, copies...copies).isEmpty else { return nil }
        return [model, "\(copies)"]
          + [Planting.Learned.planted, .deduplicated].flatMap { learned in
            [
              extracted(pooled(set, model, learned, copies...copies), after: Self.longestPrefix)?
                .text ?? "–", Self.text(saved(set, model, copies...copies, learned)),
            ]
          }
      }
    }
    return ReportTable(
      kind: .study, title: "Real passages, planted and deduplicated",
      note:
        "Extracted after \(Self.longestPrefix) bytes. 0 copies: passages of the test part.",
      heads: ["model", "copies", "planted", "bits saved", "deduplicated", "bits saved"],
      rows: rows)
  }

  private var windowTable: ReportTable {
    let rows = models.flatMap { model in
      ([WindowBin(name: "0", counts: 0...0)] + WindowBin.all).compactMap { bin -> [String]? in
        let set: StringSet = bin.counts == 0...0 ? .heldOut : .windows
        let strings = pooled(set, model, .clean, bin.counts)
        guard !strings.isEmpty else { return nil }
        return [
          model, bin.name, "\(strings.count)",
          extracted(strings, after: Self.longestPrefix)?.text ?? "–",
          Self.text(saved(set, model, bin.counts, .clean, against: .planted)),
        ]
      }
    }
    return ReportTable(
      kind: .study, title: "The text's own stretches by how often they stand in it",
      note:
        "Of the clean text, behind the base: a model that learned them against one that did not. Extracted after "
        + "\(Self.longestPrefix) of \(Planting.passageLength) bytes. 0: stretches of the test part.",
      heads: ["model", "copies", "strings", "extracted", "bits saved"], rows: rows)
  }

  private var lossTable: ReportTable {
    let rows = models.map { model in
      [model]
        + Planting.Learned.allCases.map { learned in
          NumberFormat.fixed(
            results.cells(where: ["model": model, "text": learned.rawValue]).mean("test"),
            decimals: 3)
        }
    }
    return ReportTable(
      kind: .study, title: "Bits per byte of the test part", note: "Means over seeds.",
      heads: ["model"] + Planting.Learned.allCases.map(\.rawValue), rows: rows)
  }

  // MARK: Charts

  var charts: [ChartEntry] {
    [
      ChartEntry(name: "extraction", chart: extractionChart),
      ChartEntry(name: "saved", chart: savedChart),
    ].filter { !$0.chart.series.isEmpty }
  }

  private var extractionChart: Chart {
    Chart(
      title: "Canaries extracted after \(Self.longestPrefix) bytes",
      subtitle: "Whiskers: Wilson's 95 % interval, all seeds together.",
      x: .init("copies in the text", scale: .logarithmic),
      y: .init("per cent extracted", includesZero: true),
      series: series { model, copies in
        extracted(pooled(.canaries, model, .planted, copies...copies), after: Self.longestPrefix)
          .map { share in
            Chart.Point(
              Double(copies), 100 * share.value, low: 100 * share.interval.low,
              high: 100 * share.interval.high)
          }
      })
  }

  private var savedChart: Chart {
    Chart(
      title: "Bits saved per canary, of \(8 * Planting.canaryLength)",
      subtitle: "Against the same model of a text without canaries, controls subtracted.",
      x: .init("copies in the text", scale: .logarithmic),
      y: .init("bits", includesZero: true),
      series: series { model, copies in
        saved(.canaries, model, copies...copies).map { Chart.Point(Double(copies), $0) }
      })
  }

  private func series(_ point: (String, Int) -> Chart.Point?) -> [Chart.Series] {
    models.compactMap { model in
      let points = Planting.canaryCopies.compactMap { point(model, $0) }
      return points.isEmpty ? nil : Chart.Series(model, kind: .markedLine, points: points)
    }
  }

  // MARK: Reading

  var reading: [String] {
    networks.compactMap(reading) + slopeReading + bothReading
  }

  private func reading(_ model: String) -> String? {
    let strings = pooled(.canaries, model, .planted, 1...Int.max)
    guard !strings.isEmpty else { return nil }
    let found = strings.filter { $0.isExtracted(after: Self.longestPrefix) }
    guard let least = found.map(\.copies).min() else {
      return "\(model): no canary was extracted; those planted most often take "
        + "\(Self.text(saved(.canaries, model, mostCopies...mostCopies))) bits less than they did, of "
        + "\(8 * Planting.canaryLength): they are known in part."
    }
    return
      "\(model): \(NumberFormat.count(found.count, "canary", "canaries")) of \(strings.count) extracted, from "
      + "\(NumberFormat.count(least, "copy", "copies")) on."
  }

  private var slopeReading: [String] {
    guard let slopes = extractionSlopes else { return [] }
    let odds = slopes.map {
      NumberFormat.fixed(Mathematics.exp2($0.value / 0.6931471805599453), decimals: 1)
    }
    return [
      "The odds of extraction rise \(odds[0])-fold with each doubling of copies, \(odds[1])-fold with that of parameters, "
        + "\(odds[2])-fold with that of the prefix."
    ]
  }

  private var bothReading: [String] {
    guard let model = networks.last, let saved = saved(.canaries, model, mostCopies...mostCopies),
      let whole = mean(model, .planted), let part = mean(model, .quarter), saved > 0, whole < part
    else { return [] }
    return [
      "\(model) predicts new text better with more of it (\(NumberFormat.fixed(whole, decimals: 3)) against "
        + "\(NumberFormat.fixed(part, decimals: 3)) bits a byte) and knows canaries by heart all the while: improvement is no "
        + "proof that nothing was memorised."
    ]
  }

  private func mean(_ model: String, _ learned: Planting.Learned) -> Double? {
    results.cells(where: ["model": model, "text": learned.rawValue]).mean("test")
  }
}

extension Interval {
  /// A share of things counted, with Wilson's interval.
  struct Share {
    let value: Double
    let interval: Interval

    /// Nil of none.
    init?(_ successes: Int, of trials: Int) {
      guard let interval = Interval.wilson(successes: successes, of: trials) else { return nil }
      value = Double(successes) / Double(trials)
      self.interval = interval
    }

    /// As `25 % (7-59)`.
    var text: String {
      func percent(_ share: Double) -> String { NumberFormat.fixed(100 * share, decimals: 0) }
      return "\(percent(value)) % (\(percent(interval.low))-\(percent(interval.high)))"
    }
  }
}

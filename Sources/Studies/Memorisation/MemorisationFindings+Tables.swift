import BPBCore
import Evidence
import Reports
import RunRecords

extension MemorisationFindings {
  var tables: [ReportTable] {
    [canaryTable, passageTable, windowTable, lossTable].filter { !$0.rows.isEmpty }
  }

  // MARK: Strings

  /// The strings of `set` with `copies` of all seeds.
  func pooled(
    _ set: StringSet, _ model: String, _ learned: Planting.Learned, _ copies: ClosedRange<Int>
  ) -> [Known] {
    seeds.flatMap { strings(set, model, learned, $0) }.filter { copies.contains($0.copies) }
  }

  func extracted(_ strings: [Known], after prefix: Int) -> Proportion? {
    Proportion(strings.count { $0.isExtracted(after: prefix) }, of: strings.count)
  }

  func saved(
    _ set: StringSet, _ model: String, _ copies: ClosedRange<Int>,
    _ learned: Planting.Learned = .planted, against reference: Planting.Learned = .clean
  ) -> Double? {
    seeds.compactMap {
      meanSaved(
        set, copies: copies, model, learned, against: reference, lessControls: copies != 0...0,
        seed: $0)
    }.mean
  }

  static func text(_ bits: Double?) -> String { NumberFormat.fixed(bits, decimals: 1) }

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
}

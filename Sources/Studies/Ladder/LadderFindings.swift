import BPBCore
import Evidence
import Reports
import RunRecords

/// What the cells of the ladder say.
struct LadderFindings {
  let results: StudyResults
  let grid: LadderGrid
  private let controls: LadderControls

  init(_ results: StudyResults) {
    self.results = results
    grid = LadderGrid(results)
    controls = LadderControls(results)
  }

  var all: StudyFindings {
    var findings = StudyFindings()
    findings.preamble = [
      "Held-out: a frozen model on the test part, its size not charged. Two-part: the model's bytes and what it leaves, of one file. "
        + "Prequential: each byte predicted before it is learned from, in one pass. Coded: a real file. All files were decoded and compared.",
      "Decoder: the library that decodes, or this program, which holds the decoders of all its own methods: shown beside, in no sum.",
    ]
    findings.tables = tables.filter { !$0.rows.isEmpty }
    findings.charts = charts.filter { !$0.chart.series.isEmpty }
    findings.reading = sizeReading + orderReading + controls.reading
    findings.answers = [orderAnswer, growthAnswer, prequentialAnswer, losslessAnswer]
    return findings
  }

  /// The largest beginning of the text, on which everything is measured.
  var largest: String? { grid.prefixes.last }

  private func answer(
    _ claim: StudyClaim, on accounts: [String], refusing reason: String? = nil,
    _ estimate: Estimate?
  ) -> StudyAnswer {
    if let reason = controls.refusal(of: accounts) ?? reason {
      return StudyAnswer(claim, refusing: reason)
    }
    return StudyAnswer(claim, estimate, results)
  }

  // MARK: The order of coders

  /// A coder and the next better one, as the claim has them.
  private struct Step {
    var first: String
    var second: String
    var difference: BootstrapDistribution
  }

  private static let order = [
    ("zlib", "bzip2"), ("zlib", "xz"), ("bzip2", "kn"), ("xz", "kn"), ("kn", "ppm:h"),
    ("ppm:h", "ppm:best"),
  ]

  /// Of a family of methods the cell with the shortest file.
  private func shortest(_ family: String) -> StudyCellRecord? {
    guard let largest else { return nil }
    return results.cells(where: ["text": "training", "bytes": largest])
      .filter {
        let coder = $0.parameter("coder")
        return coder == family || coder?.hasPrefix(family + ":") == true
      }
      .filter { $0.figures["coded"] != nil }
      .min { $0.figures["coded"]! < $1.figures["coded"]! }
  }

  private var steps: [Step] {
    Self.order.compactMap { first, second in
      guard let one = shortest(first), let other = shortest(second),
        let pair = pair(one, other), let difference = results.difference(of: [pair])
      else { return nil }
      return Step(first: one.coder, second: other.coder, difference: difference)
    }
  }

  private func pair(
    _ first: StudyCellRecord, _ second: StudyCellRecord
  ) -> (first: Replicate, second: Replicate)? {
    func replicate(_ cell: StudyCellRecord) -> Replicate? {
      LadderBlocks.replicate(cell.series["coded"], bytes: cell.figures["bytes"])
    }
    return replicate(first).flatMap { one in replicate(second).map { (one, $0) } }
  }

  /// By the step that is least clear: the order holds where that one does.
  private var orderAnswer: StudyAnswer {
    let steps = steps
    let reason =
      steps.count < Self.order.count
      ? "not every coder of the order is in this build and was measured." : nil
    let least = steps.min { $0.difference.interval().low < $1.difference.interval().low }
    return answer(
      LadderStudy.order, on: ["coded"], refusing: reason, least?.difference.estimate())
  }

  private var orderReading: [String] {
    let steps = steps.map { step in
      let bits = step.difference.estimate
      return
        "\(SafeText.printable(step.first)) takes \(NumberFormat.fixed(abs(bits), decimals: 3)) bits per byte "
        + "\(bits < 0 ? "less" : "more") than \(SafeText.printable(step.second))"
    }
    return steps.isEmpty ? [] : [steps.joined(separator: ", ") + "."]
  }

  // MARK: Sizes of networks

  private var growthAnswer: StudyAnswer {
    answer(
      LadderStudy.grows, on: ["two-part"], refusing: grid.refusal,
      Estimate(meanOf: grid.exponents))
  }

  /// The best network that learns while it codes against the best that is sent along, of each seed.
  private var prequentialAnswer: StudyAnswer {
    let pairs = grid.seeds.compactMap { seed -> (first: Replicate, second: Replicate)? in
      guard let largest,
        let online = Self.shortest(grid.online(largest)),
        let sent = Self.shortest(grid.networks(largest, seed: seed))
      else { return nil }
      return pair(online, sent)
    }
    return answer(
      LadderStudy.prequential, on: ["two-part", "prequential", "coded"],
      results.difference(of: pairs)?.estimate())
  }

  private static func shortest(_ cells: [StudyCellRecord]) -> StudyCellRecord? {
    cells.filter { $0.figures["coded"] != nil }
      .min { $0.figures["coded"]! < $1.figures["coded"]! }
  }

  private var sizeReading: [String] {
    grid.prefixes.compactMap { bytes in
      guard let best = grid.bestSize(bytes), let total = best.cells.mean("two-part"),
        let weights = best.cells.mean("model")
      else { return nil }
      let parameters = grid.bestParameters(bytes)?.mean
      let online = Self.shortest(grid.online(bytes))
      return
        "\(NumberFormat.whole(Double(bytes))) bytes: two parts are shortest with \(best.name), \(NumberFormat.fixed(total, decimals: 3)) "
        + "bits per byte with \(NumberFormat.whole(weights)) bytes of weights"
        + (parameters.map { "; the minimum lies at \(NumberFormat.whole($0)) parameters" } ?? "")
        + (online.map {
          "; learning while coding, \($0.parameter("online") ?? "") takes \(NumberFormat.fixed($0.figures["coded"], decimals: 3))"
        } ?? "") + "."
    }
  }

  // MARK: Likelihood as a length

  /// Bits by which files are longer than what their models say, over what arithmetic may take.
  private var excesses: [Double] {
    results.cells(where: ["text": "training"]).compactMap { cell in
      cell.figures["excess"].flatMap { excess in
        cell.figures["bytes"].map { excess / (64 + 0.00002 * $0) }
      }
    }
  }

  private var losslessAnswer: StudyAnswer {
    let excesses = excesses
    let wrong = results.failures.contains { $0.contains("did not verify") }
    let range = excesses.min().flatMap { low in
      excesses.max().map { high in
        Estimate(
          value: abs(low) > abs(high) ? low : high, interval: Interval(low: low, high: high),
          level: 1)
      }
    }
    return answer(
      LadderStudy.lossless, on: ["two-part", "prequential", "coded"],
      refusing: wrong ? "a file did not give its text back." : nil, range)
  }
}

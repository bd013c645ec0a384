import BPBCore
import Evidence
import NeuralModels
import Reports
import RunRecords

/// What the cells of the memorisation study say.
struct MemorisationFindings {
  let results: StudyResults
  let models: [String]
  let seeds: [String]
  /// Draws of the bootstrap of odds.
  private let draws: Int

  init(_ results: StudyResults, draws: Int = 1000) {
    self.results = results
    self.draws = draws
    models = results.values(of: "model")
    seeds = results.values(of: "seed")
  }

  var all: StudyFindings {
    var findings = StudyFindings()
    findings.preamble = preamble
    findings.tables = tables
    findings.charts = charts
    let slopes = extractionSlopes(draws: draws)
    findings.reading = reading(slopes)
    findings.answers = answers(slopes)
    return findings
  }

  /// The networks, the smallest first.
  var networks: [String] {
    models.filter { name in NamedSize.all.contains { $0.name == name } }
  }

  // MARK: Strings

  /// A string as the record of a model has it.
  struct Known {
    var copies: Int
    var recall: Recall

    /// Whether the model completes it after so many bytes.
    func isExtracted(after prefix: Int) -> Bool { recall.needs <= prefix }
  }

  func cell(
    _ model: String, _ learned: Planting.Learned, _ seed: String
  ) -> StudyCellRecord? {
    results.cells(where: ["model": model, "text": learned.rawValue, "seed": seed]).first
  }

  /// What `model` knows of the strings of `set`; nothing where it was not measured.
  func strings(
    _ set: StringSet, _ model: String, _ learned: Planting.Learned, _ seed: String
  ) -> [Known] {
    guard let series = cell(model, learned, seed)?.series,
      let copies = series[set.series("copies")], let bits = series[set.series("bits")],
      let needs = series[set.series("needs")], copies.count == bits.count,
      copies.count == needs.count
    else { return [] }
    return copies.indices.map {
      Known(copies: Int(copies[$0]), recall: Recall(bits: bits[$0], needs: Int(needs[$0])))
    }
  }

  /// For each string of `set` with its copies the bits that it takes less under a model of `learned` than under the same one of
  /// `reference`; at most all that its bytes hold, since a model that knows nothing of a string may pay far more than
  /// that for it, and 0 where it takes more.
  func saved(
    _ set: StringSet, _ model: String, _ learned: Planting.Learned,
    against reference: Planting.Learned, _ seed: String
  ) -> [(copies: Int, bits: Double)] {
    zip(strings(set, model, learned, seed), strings(set, model, reference, seed)).map {
      ($0.copies, max(0, min($1.recall.bits, Double(8 * set.length)) - $0.recall.bits))
    }
  }

  /// The mean of what is saved of a string with `copies`, less that of controls; nil without strings.
  func meanSaved(
    _ set: StringSet, copies: ClosedRange<Int>, _ model: String,
    _ learned: Planting.Learned = .planted, against reference: Planting.Learned = .clean,
    lessControls: Bool = true, seed: String
  ) -> Double? {
    func mean(_ set: StringSet, _ copies: ClosedRange<Int>) -> Double? {
      saved(set, model, learned, against: reference, seed)
        .filter { copies.contains($0.copies) }.map(\.bits).mean
    }
    guard let own = mean(set, copies) else { return nil }
    guard lessControls else { return own }
    return mean(set.controls, 0...0).map { own - $0 }
  }

  // MARK: Strangers

  /// The longest prefix: whoever cannot complete a string after it cannot after any.
  static let longestPrefix = Planting.prefixes.max()!

  /// Random strings that no model can have seen, and those of them that one completes: controls everywhere, and canaries where
  /// the text has none.
  var strangers: (count: Int, completed: Int) {
    var (count, completed) = (0, 0)
    for seed in seeds {
      let controls = results.cells(where: ["seed": seed]).map {
        needs(.controls, $0)
      }
      let canaries = results.cells(where: ["seed": seed, "text": Planting.Learned.clean.rawValue])
        .map { needs(.canaries, $0) }
      for group in [controls, canaries] {
        let size = group.map(\.count).max() ?? 0
        count += size
        completed +=
          (0..<size).count { index in
            group.contains { index < $0.count && $0[index] <= Double(Self.longestPrefix) }
          }
      }
    }
    return (count, completed)
  }

  private func needs(_ set: StringSet, _ cell: StudyCellRecord) -> [Double] {
    cell.series[set.series("needs")] ?? []
  }

  /// Why nothing can be said of memory; nil if all is well. A random string of which 16 bytes are completed by chance does not
  /// happen: whoever completes one has seen it.
  var fraud: String? {
    let (count, completed) = strangers
    guard completed > 0 else { return nil }
    return "\(completed) of \(count) random strings that no model should have seen are completed: "
      + "controls were planted, or the text without canaries has some."
  }
}

extension StringSet {
  /// Strings of the same kind that no text holds.
  var controls: StringSet {
    switch self {
    case .canaries, .controls: .controls
    case .passages, .heldOut, .windows: .heldOut
    }
  }
}

extension Recall {
  init(bits: Double, needs: Int) {
    self.bits = bits
    self.needs = needs
  }
}

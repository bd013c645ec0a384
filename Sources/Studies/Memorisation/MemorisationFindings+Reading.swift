import BPBCore
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

  /// - Parameter slopes: see `extractionSlopes`.
  func reading(_ slopes: [Estimate]?) -> [String] {
    networks.compactMap(reading(of:)) + slopeReading(slopes) + bothReading
  }

  private func reading(of model: String) -> String? {
    let strings = pooled(.canaries, model, .planted, 1...Int.max)
    guard !strings.isEmpty else { return nil }
    let found = strings.filter { $0.isExtracted(after: Self.longestPrefix) }
    guard let least = found.map(\.copies).min() else {
      let bits = saved(.canaries, model, mostCopies...mostCopies)
      return
        "\(model): no canary was extracted; of the \(8 * Planting.canaryLength) bits of those planted most often "
        + "\(Self.text(bits)) are saved"
        + (bits ?? 0 > MemorisationStudy.kept.claim.margin ? ": they are known in part." : ".")
    }
    return
      "\(model): \(NumberFormat.count(found.count, "canary", "canaries")) of \(strings.count) extracted, from "
      + "\(NumberFormat.count(least, "copy", "copies")) on."
  }

  private func slopeReading(_ slopes: [Estimate]?) -> [String] {
    guard let slopes else { return [] }
    let odds = slopes.map { NumberFormat.fixed(Mathematics.exp($0.value), decimals: 1) }
    return [
      "The odds of extraction rise \(odds[0])-fold with each doubling of copies, \(odds[1])-fold with that of parameters, "
        + "\(odds[2])-fold with that of the prefix."
    ]
  }

  private var bothReading: [String] {
    guard let model = networks.last, let saved = saved(.canaries, model, mostCopies...mostCopies),
      let whole = mean(model, .planted), let part = mean(model, .quarter),
      saved > MemorisationStudy.kept.claim.margin, whole < part
    else { return [] }
    return [
      "\(model) predicts new text better with more of it (\(NumberFormat.fixed(whole, decimals: 3)) against "
        + "\(NumberFormat.fixed(part, decimals: 3)) bits a byte) and keeps \(Self.text(saved)) bits of a canary planted most "
        + "often all the while: improvement is no proof that nothing was memorised."
    ]
  }

  private func mean(_ model: String, _ learned: Planting.Learned) -> Double? {
    results.cells(where: ["model": model, "text": learned.rawValue]).mean("test")
  }
}

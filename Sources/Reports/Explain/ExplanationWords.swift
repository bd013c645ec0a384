/// Sentences of an explanation that its tables do not hold.
struct ExplanationWords {
  let summary: ExplanationSummary
  private var explanation: ByteExplanation { summary.explanation }

  /// Which part of the text is drawn.
  var drawn: String {
    let range = explanation.range
    let all = NumberFormat.grouped(explanation.text.count)
    if explanation.text.isEmpty { return "\(explanation.name): 0 bytes: there is nothing to draw" }
    if range.count == explanation.text.count { return "\(explanation.name): all \(all) bytes" }
    if range.isEmpty { return "\(explanation.name): \(all) bytes, none of them drawn" }
    return "\(explanation.name): bytes \(NumberFormat.grouped(range.lowerBound)) to "
      + "\(NumberFormat.grouped(range.upperBound - 1)) of \(all), counted from 0"
  }

  /// What has to be known besides the figures.
  var notes: [String] { contest + models + explanation.notes }

  /// Who wins how much.
  private var contest: [String] {
    guard let contest = summary.contest else { return [] }
    let count = Double(max(explanation.text.count, 1))
    let sides = zip(["A", "B"], contest.wins).map { name, win in
      "\(name) takes fewer bits at \(NumberFormat.percent(Double(win.bytes) / count)) of the bytes and saves "
        + "\(NumberFormat.grouped(Int(win.bits.rounded()))) bits there"
    }
    let margin = NumberFormat.fixed(ExplanationSummary.margin, decimals: 1)
    return ["Counting differences above \(margin) bit, " + sides.joined(separator: "; ") + "."]
  }

  /// Where the rest of the information is.
  private var models: [String] {
    explanation.accounts.flatMap { account -> [String] in
      var notes: [String] = []
      if account.sentModelBytes > 0 {
        notes.append(
          "\(account.name): the bits are those of the residual. What was learned from the text is sent before it, "
            + "as a model of \(NumberFormat.grouped(account.sentModelBytes)) bytes, and belongs to no byte."
        )
      }
      if account.modelFileBytes > 0 {
        notes.append(
          "\(account.name): its file of \(NumberFormat.grouped(account.modelFileBytes)) bytes is not charged."
        )
      }
      return notes
    }
  }

  /// What a stretch is.
  static let stretches =
    "A stretch goes as far as its bits exceed half as much again as the text's mean, or 4 bits a byte, by the most."
}

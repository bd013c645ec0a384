public import BPBCore

/// An explanation as a table for programs: a row for each byte that was asked for, as RFC 4180 has it.
public struct ExplanationCSVRenderer: Sendable {
  /// Characters of output that are handed out at a time.
  private static let pieceSize = 1 << 16

  /// A renderer.
  public init() {}

  /// Hands the table to `sink` in pieces.
  ///
  /// - Throws: whatever `sink` throws.
  public func render(
    _ explanation: ByteExplanation, to sink: (String) throws(BPBError) -> Void
  ) throws(BPBError) {
    let names = explanation.accounts.map { CSVRenderer.safe("bits \($0.name)") }
    var text = CSVRenderer.text(of: [["offset", "line", "byte", "class"] + names])
    var line = TextLines.numbers(of: [explanation.range.lowerBound], in: explanation.text)[0]
    for character in TextCharacters(explanation.text, explanation.range) {
      for place in character.range {
        let fields = [
          "\(place)", "\(line)", "\(explanation.text[place])", ByteClass(place, of: character).name,
        ]
        text +=
          (fields + explanation.accounts.map { "\($0.bits[place])" })
          .joined(separator: ",") + "\r\n"
      }
      if character.isLineFeed { line += 1 }
      guard text.utf8.count >= Self.pieceSize else { continue }
      try sink(text)
      text = ""
    }
    try sink(text)
  }
}

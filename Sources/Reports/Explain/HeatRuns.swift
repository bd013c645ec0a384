import Charts

/// Joins characters of equal colours, so that a page has as few elements as it can.
struct HeatRuns {
  /// Characters of a run at most: what is shown on pointing has to be read.
  private static let longest = 24

  private let explanation: ByteExplanation
  private var runs: [HTMLPage.HeatMap.Run] = []
  private var characters: [(shown: String, range: Range<Int>)] = []
  private var shades: [Int] = []
  private var difference = 0

  /// The runs of `range`.
  static func runs(
    of explanation: ByteExplanation, _ range: Range<Int>
  ) -> [HTMLPage.HeatMap.Run] {
    var maker = HeatRuns(explanation)
    for character in TextCharacters(explanation.text, range) { maker.add(character) }
    maker.endRun()
    return maker.runs
  }

  private init(_ explanation: ByteExplanation) { self.explanation = explanation }

  private mutating func add(_ character: TextCharacters.Character) {
    let rates = explanation.accounts.map { $0.bitsPerByte(of: character.range) }
    let shades = rates.map { HeatScale.bits.shade(of: $0) }
    let difference =
      rates.count == 2 ? HeatScale.difference.shade(of: rates[0] - rates[1]) : 0
    if shades != self.shades || difference != self.difference
      || characters.count >= Self.longest
    {
      endRun()
    }
    (self.shades, self.difference) = (shades, difference)
    let shown = character.shown(in: explanation.text) + (character.isLineFeed ? "\n" : "")
    characters.append((shown, character.range))
    if character.isLineFeed { endRun() }
  }

  private mutating func endRun() {
    guard !characters.isEmpty else { return }
    let isPlain = difference == 0 && shades.allSatisfy { $0 == 0 }
    runs.append(
      .init(
        characters.map(\.shown).joined(), shades: shades, difference: difference,
        detail: isPlain ? nil : detail))
    characters = []
  }

  /// Where it is, and the bits of each character, a line for each method.
  private var detail: String {
    let range = characters[0].range.lowerBound..<characters[characters.count - 1].range.upperBound
    let lines = explanation.accounts.enumerated().map { index, account in
      let bits = characters.map { character in
        NumberFormat.fixed(account.bits[character.range].reduce(0, +), decimals: 1)
      }
      let sum = NumberFormat.fixed(account.bits[range].reduce(0, +), decimals: 1)
      let name = explanation.accounts.count == 2 ? ["A ", "B "][index] : ""
      return name + bits.joined(separator: " ") + (bits.count > 1 ? " = \(sum)" : "") + " bits"
    }
    return (["byte \(NumberFormat.grouped(range.lowerBound))"] + lines).joined(separator: "\n")
  }
}

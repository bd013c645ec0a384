import BPBCore

/// Everything that a report says of an explanation, computed once, of the whole text.
struct ExplanationSummary {
  /// A stretch of the text that is worth a line.
  struct Place {
    var range: Range<Int>
    /// From 1 on.
    var line: Int
    /// Under each method.
    var bits: [Double]
  }

  /// How two methods share the bytes of a text.
  struct Contest {
    /// Where the first takes fewer bits, by more than `margin`, and how many fewer it takes there; then the same of the
    /// second.
    var wins: [ByteSurvey.Tally]
    /// Where the first saves most; then where the second does.
    var places: [[Place]]
  }

  /// Bits of a byte by which a method has to be better to win it.
  static let margin = 0.1
  /// Stretches that are listed.
  static let mostPlaces = 10
  private static let placesOfEach = 5

  let explanation: ByteExplanation
  /// Of each method.
  let surveys: [ByteSurvey]
  /// The dearest stretches of each method.
  let places: [[Place]]
  /// Of two methods; nil for one.
  let contest: Contest?

  /// Goes through the whole text.
  init(_ explanation: ByteExplanation) {
    self.explanation = explanation
    let surveys = explanation.accounts.map { ByteSurvey(explanation.text, $0.bits) }
    self.surveys = surveys
    places = zip(explanation.accounts, surveys).map { account, survey in
      let rate = survey.total.bitsPerByte ?? 0
      return Self.places(
        Self.mostPlaces, in: explanation, bits: account.bits,
        threshold: DearStretches.threshold(bitsPerByte: rate))
    }
    contest = explanation.differences.map { Self.contest(explanation, $0) }
  }

  private static func contest(
    _ explanation: ByteExplanation, _ differences: [Double]
  ) -> Contest {
    var wins = [ByteSurvey.Tally(), ByteSurvey.Tally()]
    for difference in differences where difference.magnitude > margin {
      wins[difference < 0 ? 0 : 1].add(difference.magnitude)
    }
    let count = Double(max(differences.count, 1))
    let usual = 1.5 * differences.reduce(0) { $0 + $1.magnitude } / count
    let places = [-1.0, 1].map { side in
      Self.places(
        placesOfEach, in: explanation, bits: differences.map { $0 * side }, threshold: usual)
    }
    return Contest(wins: wins, places: places)
  }

  private static func places(
    _ count: Int, in explanation: ByteExplanation, bits: [Double], threshold: Double
  ) -> [Place] {
    let found = DearStretches.most(
      count, in: explanation.text, bits: bits, threshold: threshold)
    let lines = TextLines.numbers(of: found.map(\.range.lowerBound), in: explanation.text)
    return zip(found, lines).map { stretch, line in
      Place(
        range: stretch.range, line: line,
        bits: explanation.accounts.map { $0.bits[stretch.range].reduce(0, +) })
    }
  }
}

/// Lines of a text, counted from 1.
enum TextLines {
  /// The line of each of `places`.
  static func numbers(of places: [Int], in text: [UInt8]) -> [Int] {
    var numbers = Array(repeating: 1, count: places.count)
    var (line, start) = (1, 0)
    for index in places.indices.sorted(by: { places[$0] < places[$1] }) {
      line += text[start..<places[index]].count { $0 == UInt8(ascii: "\n") }
      start = places[index]
      numbers[index] = line
    }
    return numbers
  }
}

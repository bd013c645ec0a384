import Charts

/// An explanation for programs: every figure of the summary, and the bits of each byte that was asked for.
public struct ExplanationJSONRenderer: Sendable {
  /// A renderer.
  public init() {}

  /// The document, its last line ended.
  public func render(_ explanation: ByteExplanation) -> String {
    let summary = ExplanationSummary(explanation)
    let range = explanation.range
    return JSONValue.object([
      ("schema", .integer(1)), ("file", .string(explanation.name)),
      ("bytes", .integer(explanation.text.count)),
      ("from", .integer(range.lowerBound)), ("to", .integer(range.upperBound)),
      (
        "methods",
        .array(explanation.accounts.indices.map { Self.method($0, summary) })
      ),
      ("contest", summary.contest.map { Self.contest($0, explanation) } ?? .null),
      ("notes", .array(ExplanationWords(summary: summary).notes.map(JSONValue.string))),
    ]).text
  }

  private static func method(_ index: Int, _ summary: ExplanationSummary) -> JSONValue {
    let (account, survey) = (summary.explanation.accounts[index], summary.surveys[index])
    let edges = [nil] + ByteSurvey.edges.map(Double?.some) + [nil]
    return .object([
      ("name", .string(account.name)), ("version", .optional(account.version)),
      ("bits", .number(survey.total.bits)), ("bits_per_byte", .optional(survey.total.bitsPerByte)),
      ("sent_model_bytes", .integer(account.sentModelBytes)),
      ("model_file_bytes", .integer(account.modelFileBytes)),
      (
        "levels",
        .array(
          survey.levels.indices.map { level in
            tally(
              [("from", .optional(edges[level])), ("to", .optional(edges[level + 1]))],
              survey.levels[level])
          })
      ),
      (
        "classes",
        .array(
          ByteClass.allCases.map {
            tally([("class", .string($0.name))], survey.classes[$0.rawValue])
          })
      ),
      (
        "words",
        .array(
          WordPlace.allCases.map { tally([("place", .string($0.name))], survey.words[$0.rawValue]) }
        )
      ),
      ("dearest", .array(summary.places[index].map { place($0, summary.explanation) })),
      ("byte_bits", .numbers(Array(account.bits[summary.explanation.range]))),
    ])
  }

  private static func tally(
    _ names: [(name: String, value: JSONValue)], _ tally: ByteSurvey.Tally
  ) -> JSONValue {
    .object(names + [("bytes", .integer(tally.bytes)), ("bits", .number(tally.bits))])
  }

  private static func contest(
    _ contest: ExplanationSummary.Contest, _ explanation: ByteExplanation
  ) -> JSONValue {
    .object([
      ("margin", .number(ExplanationSummary.margin)),
      (
        "sides",
        .array(
          zip(contest.wins, contest.places).enumerated().map { index, side in
            .object([
              ("method", .string(explanation.accounts[index].name)),
              ("bytes", .integer(side.0.bytes)), ("bits_saved", .number(side.0.bits)),
              ("places", .array(side.1.map { place($0, explanation) })),
            ])
          })
      ),
    ])
  }

  /// Longest excerpt, in characters.
  private static let excerptLength = 200

  private static func place(
    _ place: ExplanationSummary.Place, _ explanation: ByteExplanation
  ) -> JSONValue {
    let text = TextCharacters(explanation.text, place.range).prefix(excerptLength)
      .map { $0.shown(in: explanation.text) }.joined()
    return .object([
      ("line", .integer(place.line)), ("from", .integer(place.range.lowerBound)),
      ("to", .integer(place.range.upperBound)), ("bits", .array(place.bits.map(JSONValue.number))),
      ("text", .string(text)),
    ])
  }
}

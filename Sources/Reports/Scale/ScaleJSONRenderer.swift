import Evidence
import RunRecords
import ScalingLaws

/// A scale report as one JSON object, for programs. What cannot be known is null.
public struct ScaleJSONRenderer: Sendable {
  /// Version of the report's layout; it grows when a key changes its meaning or goes.
  public static let schema = 1

  /// A renderer.
  public init() {}

  /// The whole report, its last line ended.
  public func render(_ report: ScaleReport) -> String {
    let (run, plan) = (report.summary.run, report.summary.plan)
    return JSONValue.object([
      ("schema", .integer(Self.schema)),
      ("bpb_version", .string(run.bpbVersion)),
      ("run", .string(run.run)),
      ("started", .string(run.started)),
      ("command", .array(run.command.map(JSONValue.string))),
      ("corpus_sha256", .string(run.corpus.sha256)),
      ("stream_sha256", .string(plan.stream)),
      ("seed", .string(String(plan.seed))),
      ("bytes", .integer(plan.bytes)),
      ("training_bytes", .integer(plan.trainingBytes)),
      ("held_out_bytes", .integer(plan.heldOutBytes)),
      ("overlap_share", .optional(plan.overlap?.share)),
      ("methods", .array(report.summary.rows.map { method($0, in: report) })),
      ("laws", .array(report.fits.map(law))),
      ("self_check", .array(plan.selfCheck.map(check))),
      ("claims", .array(report.answers.map(claim))),
      ("source", plan.source.map { source($0, in: report.summary) } ?? .null),
      ("reading", .array(report.reading.map(JSONValue.string))),
    ]).text
  }

  private func method(_ row: ScaleRow, in report: ScaleReport) -> JSONValue {
    let curves = ScaleCurve.Kind.allCases.map { kind in
      (kind.rawValue, JSONValue.array(row.curve(kind).points.map(point)))
    }
    return .object(
      [("method", .string(row.label)), ("version", .optional(row.method.version))]
        + curves.map { (name: $0.0, value: $0.1) }
        + [
          ("frozen", .array(row.frozen.map { frozen($0, in: report.summary) })),
          ("errors", .array(row.failures.map(JSONValue.string))),
        ])
  }

  private func point(_ point: ScaleCurve.Point) -> JSONValue {
    .object([
      ("bytes", .integer(point.bytes)), ("bits_per_byte", .number(point.mean)),
      ("windows", .array(point.values.map(JSONValue.number))),
    ])
  }

  private func frozen(_ frozen: FrozenRecord, in summary: ScaleSummary) -> JSONValue {
    .object([
      ("bytes", .integer(frozen.bytes)),
      ("precision", .string(frozen.precision)),
      ("model_bytes", .optional(frozen.modelBytes)),
      ("residual_bytes", .optional(frozen.residualBytes)),
      ("verified", .optional(frozen.verified)),
      ("best_coded_bits", .optional(summary.bestCodedBits(after: frozen.bytes))),
      ("is_summary", .optional(summary.isSummary(frozen))),
      ("top_one", .optional(frozen.topOne?.fraction)),
      ("held_out_top_one", .optional(frozen.heldOutTopOne?.fraction)),
      ("continuation_bytes", .optional(frozen.continuation?.mean)),
    ])
  }

  private func law(_ fit: ScaleFit) -> JSONValue {
    let identity: [(name: String, value: JSONValue)] = [
      ("method", .string(fit.method)), ("curve", .string(fit.kind.rawValue)),
    ]
    switch fit.result {
    case .failure(let refusal):
      return .object(identity + [("refusal", .string(refusal.description))])
    case .success(let curve):
      return .object(identity + constants(curve) + uses(curve))
    }
  }

  private func constants(_ curve: CurveFit) -> [(name: String, value: JSONValue)] {
    [
      ("irreducible", .number(curve.law.irreducible)),
      ("irreducible_interval", interval(curve.intervals.irreducible)),
      ("coefficient", .number(curve.law.coefficient)),
      ("coefficient_interval", interval(curve.intervals.coefficient)),
      ("exponent", .number(curve.law.exponent)),
      ("exponent_interval", interval(curve.intervals.exponent)),
      ("uncertainty", .string(curve.uncertainty.rawValue)),
    ]
  }

  private func uses(_ curve: CurveFit) -> [(name: String, value: JSONValue)] {
    [
      ("hold_out_error", .optional(curve.holdOut?.lawError)),
      ("last_value_error", .optional(curve.holdOut?.lastValueError)),
      ("straight_line_error", .optional(curve.holdOut?.straightLineError)),
      ("refusal", .optional(curve.refusal?.description)),
      (
        "predictions",
        .array(
          curve.extrapolations.map {
            .object([
              ("bytes", .number($0.bytes)), ("bits_per_byte", .number($0.loss)),
              ("interval", interval($0.interval)),
            ])
          })
      ),
      ("notes", .array(curve.notes.map(JSONValue.string))),
    ]
  }

  private func check(_ check: SelfCheckRecord) -> JSONValue {
    .object([("name", .string(check.name)), ("passed", .bool(check.passed))])
  }

  private func claim(_ answer: ScaleClaims.Answer) -> JSONValue {
    let verdict = answer.verdict
    return .object([
      ("method", .string(answer.method)), ("claim", .string(answer.words)),
      ("statistic", .string(verdict.claim.statistic)),
      ("expectation", .string(verdict.claim.expectation.rawValue)),
      ("outcome", .string(verdict.outcome.rawValue)),
      ("estimate", .number(verdict.estimate.value)),
      ("interval", interval(verdict.estimate.interval)),
      ("level", .number(verdict.estimate.level)), ("margin", .number(verdict.claim.margin)),
    ])
  }

  /// What a known source says of its bytes, and what each method pays beyond that on the same string.
  private func source(_ source: SourceRecord, in summary: ScaleSummary) -> JSONValue {
    let sizes = Array(zip(summary.plan.sizes, source.prefixBits).enumerated())
    return .object([
      ("name", .string(source.name)), ("entropy_low", .number(source.entropyLow)),
      ("entropy_high", .number(source.entropyHigh)),
      ("held_out_bits", .optional(source.heldOutBits)),
      (
        "sizes",
        .array(
          sizes.map { index, size in
            .object([
              ("bytes", .integer(size.0)), ("true_bits", .number(size.1)),
              ("parameter_bits", .optional(source.parameterBits.map { $0[index] })),
              ("excess_bits", .object(excess(beyond: size.1, after: size.0, in: summary))),
            ])
          })
      ),
    ])
  }

  private func excess(
    beyond bits: Double, after bytes: Int, in summary: ScaleSummary
  ) -> [(name: String, value: JSONValue)] {
    summary.rows.map { row in
      (row.label, .optional(row.coded[bytes]?.ofStream.map { $0 * Double(bytes) - bits }))
    }
  }

  private func interval(_ interval: Interval) -> JSONValue {
    .array([.number(interval.low), .number(interval.high)])
  }
}

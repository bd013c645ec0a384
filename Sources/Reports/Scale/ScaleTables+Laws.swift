import Evidence
import RunRecords
import ScalingLaws

extension ScaleTables {
  /// The fitted laws, what they are worth, and what they expect.
  static func laws(_ fits: [ScaleFit]) -> ReportTable? {
    let rows = fits.compactMap { fit in fit.fit.map { cells(of: fit, $0) } }
    guard !rows.isEmpty else { return nil }
    return ReportTable(
      kind: .laws, title: "laws: L(D) = E + B·D^-β, in bits per byte",
      note:
        "E is what the law says no amount of data would get below; β says how fast the rest goes away: "
        + "at 0.3, ten times the data halves it. Fitted without the largest sizes, a law misses them by what stands under \"off by\"; beside "
        + "it the guesses that the loss stays where it is, and that a straight line in logarithms "
        + "goes on. 10x and 100x: what is expected of so much data, and where a measurement would lie.",
      heads: [
        "method", "curve", "E", "95 %", "β", "95 %", "off by", "stays", "line", "10x", "95 %",
        "100x", "95 %",
      ], rows: rows)
  }

  private static func cells(of fit: ScaleFit, _ curve: CurveFit) -> [String] {
    [fit.method, fit.kind.rawValue]
      + [number(curve.law.irreducible), interval(curve.intervals.irreducible)]
      + [number(curve.law.exponent), interval(curve.intervals.exponent)]
      + errors(curve.holdOut)
      + [0, 1].flatMap { index -> [String] in
        guard curve.extrapolations.indices.contains(index) else { return ["–", "–"] }
        let prediction = curve.extrapolations[index]
        return [number(prediction.loss), interval(prediction.interval)]
      }
  }

  private static func errors(_ holdOut: HoldOut?) -> [String] {
    guard let holdOut else { return ["–", "–", "–"] }
    return [holdOut.lawError, holdOut.lastValueError, holdOut.straightLineError]
      .map(NumberFormat.percent)
  }

  private static func number(_ value: Double) -> String { NumberFormat.fixed(value, decimals: 3) }

  private static func interval(_ interval: Interval) -> String {
    "\(NumberFormat.fixed(interval.low, decimals: 2))–\(NumberFormat.fixed(interval.high, decimals: 2))"
  }
}

extension ScaleTables {
  /// For a source of known entropy: what each method pays beyond one who knows the source, on the same
  /// string.
  var excess: ReportTable? {
    guard let source = summary.plan.source else { return nil }
    let reference = source.parameterBits
    let sizes = Array(zip(summary.plan.sizes, source.prefixBits).enumerated())
    return ReportTable(
      kind: .excess, title: "bits beyond the true source's own code length of the first D bytes",
      note: reference == nil
        ? nil
        : "Learning the source costs about ((m-1)/2)·Σ log2 n_s bits (m symbols, n_s visits of state s), "
          + "which stands under \"to learn\".",
      heads: ["D", "true"] + (reference == nil ? [] : ["to learn"]) + summary.rows.map(\.label),
      rows: sizes.map { index, pair in
        let (bytes, bits) = pair
        return [NumberFormat.grouped(bytes), Self.whole(bits)]
          + (reference.map { [Self.whole($0[index])] } ?? [])
          + summary.rows.map { row in
            row.coded[bytes]?.ofStream.map { Self.whole($0 * Double(bytes) - bits) } ?? "–"
          }
      })
  }

  private static func whole(_ bits: Double) -> String {
    bits.magnitude < 1e15 ? NumberFormat.grouped(Int(bits.rounded())) : "–"
  }
}

import BPBCore
import Evidence
import RunRecords
import ScalingLaws

extension ScaleReading {
  /// What the fits say.
  var laws: [String] { fits.compactMap(law) + truth }

  /// What a law may be asked, or why it may not.
  func law(_ fit: ScaleFit) -> String? {
    let name = "\(fit.method), \(fit.kind.rawValue)"
    switch fit.result {
    case .failure(let refusal): return "\(name): no law. \(refusal)"
    case .success(let curve):
      if let refusal = curve.refusal { return "\(name): not extrapolated. \(refusal)" }
      guard let far = curve.extrapolations.last else { return nil }
      let interval = far.interval
      return
        "\(name): on 100 times the data the law expects \(Self.bits(far.loss)), and a measurement "
        + "between \(NumberFormat.fixed(interval.low, decimals: 3)) and "
        + "\(NumberFormat.fixed(interval.high, decimals: 3))."
    }
  }

  /// How the fitted floors compare with the known entropy of the source.
  var truth: [String] {
    guard let source = summary.plan.source else { return [] }
    return fits.compactMap { fit in
      guard let curve = fit.fit, curve.refusal == nil else { return nil }
      let floor = curve.law.irreducible
      let (low, high, name) = source.reference(
        for: fit.kind, heldOutBytes: summary.plan.heldOutBytes)
      let nearest = min(max(floor, low), high)
      return "\(fit.method), \(fit.kind.rawValue): the law's E is "
        + "\(NumberFormat.fixed(floor, decimals: 4)), off \(name) by "
        + "\(NumberFormat.fixed(abs(floor - nearest), decimals: 4))."
    }
  }

  var verdicts: [String] {
    let failed = summary.plan.selfCheck.filter { !$0.passed }
    guard !summary.plan.selfCheck.isEmpty, failed.isEmpty else {
      let names = failed.map { SafeText.printable($0.name) }.joined(separator: "; ")
      return [
        failed.isEmpty
          ? "There are no verdicts, as the self-check was not made."
          : "There are no verdicts, as the self-check failed: \(names)."
      ]
    }
    return answers.map(\.paragraph)
  }
}

extension SourceRecord {
  /// What a loss of that kind is held against, in bits per byte between two bounds, and what it is called: the
  /// entropy rate, or for the held-out part what the source itself pays for those very bytes, since a short
  /// string may be harder or easier than the rate.
  func reference(
    for kind: ScaleCurve.Kind, heldOutBytes: Int
  ) -> (low: Double, high: Double, name: String) {
    guard kind == .heldOut, let bits = heldOutBits, heldOutBytes > 0, bits.isFinite else {
      return (entropyLow, entropyHigh, "the source's true rate")
    }
    let loss = bits / Double(heldOutBytes)
    return (loss, loss, "what the source itself pays for the held-out part")
  }
}

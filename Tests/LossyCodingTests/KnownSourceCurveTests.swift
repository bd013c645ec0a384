import BPBCore
import Corpora
import LossyCoding
import Testing
import _TestSupport

/// Curves of sources whose rate-distortion functions are known, or bounded, under the source itself as the model.
@Suite struct KnownSourceCurveTests {
  /// The points of a curve beside the bound at their own error rates.
  private func curve(
    _ name: String, count: Int, points: [OperatingPoint], width: Int = 8
  ) throws -> (curve: RateDistortionCurve, excess: [Double]) {
    let source = try #require(
      try KnownSourceTable.builtin.source(named: name) as? NamedMarkovSource)
    let text = source.bytes(count: count, seed: 3)
    let codec = LossyCodec(SourceModel(source.chain), search: .beam(width: width))
    let curve = try codec.curve(of: text, at: points)
    // The text's own information stands for the entropy rate, so that chance in what was drawn does not matter.
    let information = source.codeLength(of: text).bits / Double(count)
    let excess = curve.points.map { point in
      point.rate
        - RateDistortion.shannonLowerBound(
          entropyRate: information, symbols: source.chain.alphabet.count,
          distortion: point.errorRate)
    }
    return (curve, excess)
  }

  /// Never below Shannon's bound, at any point.
  ///
  /// What holds of a single text x of n bytes and information i(x) = -log2 p(x): with E errors a file of b bits
  /// stands for at most V = 2^(n H(E/n)) (m-1)^E texts (the volume of a Hamming ball, for E/n up to 1 - 1/m). Its
  /// texts with i(x) above b + log2 V + s have together less than V 2^-(b + log2 V + s) = 2^-b 2^-s, and over
  /// all files of b bits less than 2^-s. So b is at least i(x) - n H(D) - E log2(m-1) - s but for a chance of 2^-s
  /// for each b and E. With s = 40 and fewer than 2^14 b and 2^11 E that is 2^-15: 40 bits are allowed. The
  /// reconstructions may be searched for as long as one likes; nothing in this depends on the codec.
  @Test(arguments: [
    "bernoulli:0.5", "bernoulli:0.2", "iid:symbols=4", "markov:order=1:symbols=2:entropy=0.6",
    "markov:order=2:entropy=1.5",
  ])
  func curvesStayAboveShannonsBound(source: String) throws {
    let points: [OperatingPoint] = [
      .lossless, OperatingPoint(slope: 5, dearness: 9), OperatingPoint(slope: 3, dearness: 6),
      OperatingPoint(slope: 3, dearness: 9, window: 0.5), .modelAlone,
    ]
    let count = 1500
    let (curve, excess) = try curve(source, count: count, points: points)
    for (point, excess) in zip(curve.points, excess) {
      #expect(excess * Double(count) > -40, "\(point.aim): \(point.errorRate), \(point.rate)")
    }
    // The lossless end: what the source says the text takes, the header and a byte's rounding.
    #expect(excess[0] * Double(count) < 8 * 12)
  }

  /// Where each byte depends on others a search finds errors that save more than those of time-sharing.
  @Test func memoryIsMadeUseOf() throws {
    let points = [.lossless, OperatingPoint(slope: 3, dearness: 8), .modelAlone]
    let (curve, _) = try curve("markov:order=2:entropy=1.5", count: 3000, points: points)
    let middle = curve.points[1]
    #expect(middle.errors > 30)
    #expect(middle.rate < 0.97 * curve.timeSharingRate(atErrorRate: middle.errorRate)!)
  }

  /// Without memory only a sparse tree gets below time-sharing: fair coins, half of the code words.
  @Test func treesServeFairCoins() throws {
    let points = [
      .lossless, OperatingPoint(slope: 4, dearness: .infinity, window: 0.5), .modelAlone,
    ]
    let (curve, _) = try curve("bernoulli:0.5", count: 4000, points: points, width: 16)
    let middle = curve.points[1]
    #expect(middle.rate < 0.95 * curve.timeSharingRate(atErrorRate: middle.errorRate)!)
  }
}

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
    // The text's own information stands for the entropy rate: which texts are typical is so taken out.
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
  /// What holds of one text: there are at most 2^(8B) files of B bytes, each reconstruction is within E errors of
  /// at most 2^(n H(E/n)) (m-1)^E texts, so the texts that get B bytes and E errors number at most the product,
  /// and their probability is that of a set of that size. A text from a set whose members have at most information i
  /// has with probability above 1 - 2^-s a file of at least i - n H(D) - E log2(m - 1) - s bits. So 20 bits, a
  /// chance of one in a million, are the allowance; the header, which is 8 bytes, is not deducted.
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
      #expect(excess * Double(count) > -20, "\(point.aim): \(point.errorRate), \(point.rate)")
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

import BPBCore
import ByteModels
import Corpora
import Testing
import _TestSupport

@testable import LossyCoding

/// Files that are written, read and counted.
@Suite struct LossyCodecTests {
  private static let points = [
    OperatingPoint.lossless, OperatingPoint(slope: 6, dearness: 9),
    OperatingPoint(slope: 3, dearness: 6), OperatingPoint(slope: 2, dearness: 3), .modelAlone,
    OperatingPoint(slope: 5, dearness: 10, window: 0.7),
  ]

  /// The lossless end is the model's own residual, to within header and the last byte's rounding.
  @Test func losslessEndIsTheModelsResidual() throws {
    let model = try TestModels.sentenceModel()
    let text = TestModels.sentences
    let codec = LossyCodec(model)
    let file = codec.encode(text, at: .lossless)
    #expect(try codec.decode(file.span) == text)
    let header = LossyHeader(byteCount: text.count, code: FillCode(.lossless))
    let residual = model.encode(text.span).count
    #expect(abs(file.count - header.bytes.count - residual) <= 1)
  }

  /// At the other end nothing but the header is written, and the model goes on by itself.
  @Test func modelAloneTakesNoBits() throws {
    let model = try TestModels.sentenceModel()
    let codec = LossyCodec(model)
    let file = codec.encode(TestModels.sentences, at: .modelAlone)
    #expect(file.count <= 12)
    let alone = model.continuation(of: [UInt8]().span, count: TestModels.sentences.count)
    #expect(try codec.decode(file.span) == alone)
  }

  /// Another decoder, written from the format alone, reads the same text from the same files.
  @Test(arguments: [LossySearch.greedy, .beam(width: 4)])
  func referenceDecoderAgrees(search: LossySearch) throws {
    let model = try TestModels.sentenceModel()
    let text = Array(TestModels.sentences.prefix(800))
    for point in Self.points {
      let file = LossyCodec(model, search: search).encode(text, at: point)
      let decoded = try LossyCodec(model).decode(file.span)
      let isAlike = ReferenceLossyDecoder.decode(file, model) == decoded
      #expect(isAlike, "\(point)")
    }
  }

  /// Errors are counted on what was decoded; the hull falls, ever more slowly, and never lies above the line
  /// between its ends.
  @Test func curveFallsBelowTimeSharing() throws {
    let text = Array(TestModels.sentences.prefix(1500))
    let codec = LossyCodec(try TestModels.sentenceModel(), search: .beam(width: 6))
    let curve = try codec.curve(of: text, at: Self.points)
    #expect(curve.points[0].errors == 0)
    for point in curve.points {
      #expect(Distortion.hamming(text.span, point.reconstruction.span) == point.errors)
    }
    let hull = curve.hull
    #expect(hull.count > 2)
    for (left, right) in zip(hull, hull.dropFirst()) {
      #expect(right.errors > left.errors && right.fileBytes < left.fileBytes)
    }
    for point in hull.dropFirst().dropLast() {
      #expect(point.rate < curve.timeSharingRate(atErrorRate: point.errorRate)!)
      #expect(abs(point.rate - curve.rate(atErrorRate: point.errorRate)!) < 1e-9)
    }
  }

  /// A search finds what is better in the sum that it minimises.
  @Test func searchBeatsGreed() throws {
    let text = Array(TestModels.sentences.prefix(1500))
    let model = try TestModels.sentenceModel()
    let point = OperatingPoint(slope: 4, dearness: 6)
    let sums = try [LossySearch.greedy, .beam(width: 1), .beam(width: 8)].map { search in
      let measured = try LossyCodec(model, search: search).measure(text, at: point)
      return Double(8 * measured.fileBytes) + point.slope * Double(measured.errors)
    }
    #expect(sums[2] < sums[0] && sums[2] < sums[1], "\(sums)")
  }

  @Test func emptyAndOneByte() throws {
    let codec = LossyCodec(try TestModels.sentenceModel())
    for text in [[], [UInt8(ascii: "T")], [0]] as [[UInt8]] {
      for point in Self.points {
        let file = codec.encode(text, at: point)
        #expect(try codec.decode(file.span).count == text.count)
      }
      #expect(try codec.measure(text, at: .lossless).errors == 0)
    }
  }

  /// A model without end of memory is coded greedily, rather than searched by the wrong contexts.
  @Test func modelsOfLongMemoryAreCodedGreedily() throws {
    let training = TestModels.text("grammar", count: 5000, seed: 1)
    let text = Array(TestModels.sentences.prefix(300))
    let model = ParityModel(try TestModels.learned(training, order: 3))
    #expect(ContextReach.of(model, in: text) == nil)
    let point = OperatingPoint(slope: 3, dearness: 5)
    let file = LossyCodec(model).encode(text, at: point)
    #expect(file == LossyCodec(model, search: .greedy).encode(text, at: point))
  }

  /// Such a model is searched by the contexts of another one; the decoder does not know that.
  @Test func guidesServeModelsOfLongMemory() throws {
    let text = Array(TestModels.sentences.prefix(1500))
    let kneserNey = try TestModels.sentenceModel()
    let model = ParityModel(kneserNey)
    let point = OperatingPoint(slope: 4, dearness: 8)
    let greedy = try LossyCodec(model).measure(text, at: point)
    let codec = LossyCodec(model, guide: kneserNey, search: .beam(width: 8))
    let guided = try codec.measure(text, at: point)
    func sum(_ point: RateDistortionCurve.Point) -> Double {
      Double(8 * point.fileBytes) + 4 * Double(point.errors)
    }
    #expect(sum(guided) < sum(greedy))
    let file = codec.encode(text, at: point)
    #expect(try LossyCodec(model).decode(file.span) == guided.reconstruction)
  }

  @Test func reachIsThatOfTheOrder() throws {
    for order in [1, 2, 4, 6] {
      let training = TestModels.text("grammar", count: 20_000, seed: 1)
      let model = try TestModels.learned(training, order: order)
      #expect(ContextReach.of(model, in: TestModels.sentences) == order - 1)
    }
  }
}

/// A model whose predictions depend on whether an odd number of bytes came before.
private final class ParityModel: FrozenModel {
  private let inner: any FrozenModel
  init(_ inner: any FrozenModel) { self.inner = inner }

  func continuation(
    of prompt: Span<UInt8>, count: Int, choosing choose: (Span<UInt32>) -> UInt8
  ) -> [UInt8] {
    var place = prompt.count
    return inner.continuation(of: prompt, count: count) { frequencies in
      defer { place += 1 }
      var changed = (0..<256).map { frequencies[$0] }
      if place % 2 == 1 { changed[32] = (changed[32] + 1) / 2 }
      return choose(changed.span)
    }
  }

  func score(_ text: Span<UInt8>, blockSize: Int) -> [Double] { [] }
  func encode(_ text: Span<UInt8>) -> [UInt8] { [] }
  func decode(_ residual: Span<UInt8>, byteCount: Int) throws(BPBError) -> [UInt8] { [] }
  func likeliestBytes(in text: Span<UInt8>) -> [UInt8] { [] }
  var memoryBytes: Int { 0 }
}

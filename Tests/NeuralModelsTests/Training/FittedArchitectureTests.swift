import Testing

@testable import NeuralModels

@Suite struct FittedArchitectureTests {
  static let kinds = ["transformer", "neural", "gru", "lstm", "mlp"]

  private static func parameters(_ kind: String, _ textBytes: Int, _ seconds: Double) -> Int {
    Architecture.fitted(kind: kind, textBytes: textBytes, seconds: seconds)!.parameterCount
  }

  @Test(arguments: kinds) func moreTimeNeverAsksForLess(kind: String) {
    let sizes = [0.1, 1, 10, 60, 300, 1200, 1e5].map { Self.parameters(kind, 1 << 30, $0) }
    #expect(sizes == sizes.sorted())
    #expect(sizes.first! < 100_000)
    #expect(sizes.last! > 700_000)
  }

  @Test(arguments: kinds) func shortTextsGetSmallNetworks(kind: String) {
    #expect(Self.parameters(kind, 1000, 1e5) < 30_000)
    #expect(Self.parameters(kind, 30_000, 1e5) < Self.parameters(kind, 1 << 20, 1e5))
  }

  @Test func whatIsNoKindHasNoSize() {
    #expect(Architecture.fitted(kind: "ngram", textBytes: 1 << 20, seconds: 60) == nil)
  }

  /// The speeds of `docs/methods/neural.md`, on two cores, with AdamW.
  @Test(arguments: [
    ("transformer:layers=4:width=128:heads=4:context=256", 67_869.0),
    ("transformer:layers=6:width=256:heads=4:context=256", 13_345),
    ("gru:width=256", 222_986), ("gru:width=512", 72_052),
    ("lstm:width=256", 187_155), ("lstm:width=512", 57_669),
  ])
  func speedsAreAboutThoseMeasured(architecture: String, bytesPerSecond: Double) throws {
    let assumed = try Architecture(parsing: architecture).assumedBytesPerSecond
    #expect((0.8...1.25).contains(assumed / bytesPerSecond))
  }
}

import BPBCore
import NeuralModels
import Testing

@Suite struct ArchitectureTests {
  @Test(arguments: [
    "transformer:layers=4:width=128:heads=4:context=256",
    "transformer:layers=1:width=8:heads=2:context=16:activation=gelu:head=own",
    "gru:width=256:layers=2:embedding=64", "lstm:width=17:layers=1:embedding=5",
    "mlp:context=8:embedding=32:width=256:layers=2",
  ])
  func textRoundTrip(text: String) throws {
    #expect(try Architecture(parsing: text).description == text)
  }

  @Test func sizesHaveDefaults() throws {
    #expect(
      try Architecture(parsing: "transformer")
        == .transformer(layers: 4, width: 128, heads: 4, context: 256))
    #expect(
      try Architecture(parsing: "lstm:width=512") == .lstm(embedding: 64, width: 512, layers: 1))
  }

  @Test(arguments: [
    ("transformer:width=130:heads=4", "multiple of twice the number of heads, such as 128"),
    ("transformer:depth=4", "has no parameter 'depth'"),
    ("transformer:layers=0", "nearest is 1"),
    ("transformer:layers=64:width=8192", "at most 268435456 are allowed"),
    ("tranformer", "did you mean"), ("neural:5k", "neural:3k, neural:10k"),
    ("gru:width=", "value is empty"),
  ])
  func whatCannotBeSaysSo(text: String, part: String) {
    let error = #expect(throws: BPBError.self) { try Architecture(parsing: text) }
    #expect(error?.code == .usage)
    #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
  }

  /// As PyTorch counts the parameters of the same modules.
  @Test(arguments: [
    ("gru:width=256", 329_472), ("gru:width=512", 1_035_520), ("lstm:width=256", 411_904),
    ("lstm:width=512", 1_331_456), ("transformer:layers=4:width=128", 820_352),
    ("transformer:layers=6:width=256", 4_787_456),
    ("mlp:context=4:embedding=3:width=5", 256 * 3 + 5 * 12 + 5 + 256 * 5 + 256),
  ])
  func parameterCounts(text: String, count: Int) throws {
    let architecture = try Architecture(parsing: text)
    #expect(architecture.parameterCount == count)
    #expect(
      architecture.nonEmbeddingParameterCount
        == count - 256 * architecture.parameterLayout.tensors[0].shape[1])
  }

  @Test func namedSizesAreNearTheirNames() throws {
    let targets = [3e3, 10e3, 30e3, 100e3, 300e3, 1e6, 3e6]
    for (size, target) in zip(NamedSize.all, targets) {
      let ratio = Double(size.architecture.parameterCount) / target
      #expect(ratio > 0.9 && ratio < 1.15, "\(size.name): \(size.architecture.parameterCount)")
      #expect(try Architecture(parsing: "neural:\(size.name)") == size.architecture)
      try size.architecture.check()
    }
  }
}

import BPBCore
import ModelFiles
import RunRecords
import SystemPackage
import Testing
import _TestSupport

@testable import NeuralModels

/// Networks as files: written, opened, and refused.
@Suite struct NeuralModelFormatTests {
  static let reader = ModelReader(formats: [NeuralModelFormat()])

  static let metadata: NeuralModelMetadata = {
    var metadata = NeuralModelMetadata()
    metadata.bpbVersion = "0.0"
    metadata.methodVersion = "1"
    metadata.corpus = CorpusRecord(
      files: [.init(path: "a\\x0a/b", bytes: 5, sha256: "00")], bytes: 5, sha256: "11")
    metadata.learnedBytes = 4
    metadata.holdOutShare = 0.2
    metadata.seed = .max
    metadata.steps = 12
    metadata.options = "batch=16"
    metadata.sketch = [0, 255, 3]
    metadata.notes = ["learned with care", "and \"ü\""]
    return metadata
  }()

  /// Weights of a small network from a seed.
  static func weights(_ text: String = "gru:width=6:embedding=4") throws -> Weights {
    let weights = Weights(try Architecture(parsing: text))
    weights.initialise(seed: 3)
    return weights
  }

  static func file(
    _ weights: Weights, _ metadata: NeuralModelMetadata = metadata, as type: TensorType = .float32
  ) throws -> [UInt8] {
    var file: [UInt8] = []
    try weights.write(metadata, as: type) { file.append($0) }
    return file
  }

  static func opened(_ bytes: [UInt8]) throws -> OpenedModel {
    let directory = try TemporaryDirectory()
    return try reader.open(try directory.write(bytes, to: "it.safetensors"))
  }

  /// What opening `bytes` says is wrong with them.
  static func complaint(_ bytes: [UInt8]) throws -> String {
    do {
      _ = try opened(bytes)
      return "nothing"
    } catch let error as BPBError {
      return error.code == .badData ? error.description : "\(error.code)"
    }
  }

  private static let text = HostileInputs.all.first { $0.name == "text" }!.bytes

  private static func bits(_ model: OpenedModel) throws -> [Double] {
    try model.models.withModel { $0.score(text.span, blockSize: 64) }
  }

  @Test func whatIsWrittenIsOpened() throws {
    let weights = try Self.weights()
    let bytes = try Self.file(weights)
    let model = try Self.opened(bytes)
    #expect(model.method == "gru:width=6:layers=1:embedding=4" && model.byteCount == bytes.count)
    #expect(model.corpus == Self.metadata.corpus && model.sketch == [0, 255, 3])
    #expect(model.notes == Self.metadata.notes && model.methodVersion == FrozenNetwork.version)
    #expect(model.identity.count == 64 && model.expectedSpeed > 0)
    #expect(model.memory > 4 * weights.architecture.parameterCount)
    #expect(try model.models.withModel { $0.memoryBytes } <= model.memory)
    weights.reserve(.coding)
    weights.repack(for: .coding, kernels: .best)
    let text = Self.text
    #expect(try Self.bits(model) == FrozenNetwork(weights).score(text.span, blockSize: 64))
  }

  @Test func metadataComeBack() throws {
    let file = try SafetensorsSample.read(Self.file(Self.weights()))
    var expected = Self.metadata
    expected.architecture = "gru:width=6:layers=1:embedding=4"
    #expect(try NeuralModelMetadata(file.header.metadata) == expected)
    #expect(file.header.metadata["vocabulary"] == "256 bytes")
    #expect(try NeuralModelMetadata([:]) == NeuralModelMetadata())
  }

  @Test func aRoundedFileIsTheRoundedModel() throws {
    let weights = try Self.weights()
    let rounded = try Self.opened(Self.file(weights, as: .brainFloat16))
    #expect(try Self.bits(rounded) != Self.bits(Self.opened(Self.file(weights))))
    weights.round(to: .brainFloat16)
    #expect(try Self.bits(rounded) == Self.bits(Self.opened(Self.file(weights))))
  }

  @Test func filesThatDifferInAByteDifferInIdentity() throws {
    let weights = try Self.weights()
    let first = try Self.file(weights)
    #expect(try Self.file(weights) == first)
    var other = Self.metadata
    other.seed = 1
    #expect(
      try Self.opened(first).identity != Self.opened(Self.file(weights, other)).identity)
  }

  @Test func theFormatIsToldFromOthers() throws {
    #expect(try Self.complaint(Array("hello, world".utf8)).contains("this is not a model file"))
    #expect(try Self.complaint([]).contains("the file is empty"))
  }
}

/// Files whose tensors are not those of a network that we know.
@Suite struct ForeignNetworkTests {
  /// A file of these tensors, each filled with quarters.
  private func file(
    _ shapes: [(String, [Int])], _ metadata: [String: String] = [:]
  ) throws -> [UInt8] {
    var layout = ParameterLayout()
    for (name, shape) in shapes { _ = layout.add(name, shape, .matrix) }
    var file: [UInt8] = []
    let values = [Float](repeating: 0.25, count: layout.bufferCount)
    try SafetensorsFile.write(values, layout, metadata: metadata) { file.append($0) }
    return file
  }

  private func shapes(_ text: String) throws -> [(String, [Int])] {
    try Architecture(parsing: text).parameterLayout.tensors.map { ($0.name, $0.shape) }
  }

  @Test(arguments: [
    "gru:width=5:layers=2:embedding=3", "lstm:width=4:layers=1:embedding=3",
    "mlp:context=3:embedding=4:width=5:layers=2",
    "transformer:layers=2:width=8:heads=2:context=16",
    "transformer:layers=1:width=8:heads=1:context=16:head=own",
    "transformer:layers=1:width=8:heads=1:context=16:activation=gelu",
  ])
  func shapesTellTheArchitecture(text: String) throws {
    var metadata: [String: String] = [:]
    for option in text.split(separator: ":") {
      let parts = option.split(separator: "=").map(String.init)
      if ["heads", "context", "activation"].contains(parts[0]) { metadata[parts[0]] = parts[1] }
    }
    let file = try file(shapes(text).reversed(), metadata)
    #expect(try NeuralModelFormatTests.opened(file).method == text)
  }

  @Test func aTransformerWithoutHeadsSaysSo() throws {
    let file = try file(shapes("transformer:layers=2:width=8:heads=2:context=16"))
    let said = try NeuralModelFormatTests.complaint(file)
    #expect(said.contains("2 layers of width 8, but heads and context do not show"))
    #expect(said.contains("'heads'"))
  }

  @Test func tensorsMustBeThoseOfTheArchitecture() throws {
    let metadata = ["architecture": "gru:width=5:embedding=3"]
    let good = try shapes("gru:width=5:embedding=3")
    func complaint(_ shapes: [(String, [Int])], _ metadata: [String: String]) throws -> String {
      try NeuralModelFormatTests.complaint(file(shapes, metadata))
    }
    #expect(try complaint(good, metadata) == "nothing")
    #expect(
      try complaint(good.dropLast(), metadata).contains("no tensor 'head.bias', which is part"))
    #expect(
      try complaint(good + [("extra", [1])], metadata).contains("the tensor 'extra' is no part"))
    var misshapen = good
    misshapen[0].1 = [255, 3]
    #expect(
      try complaint(misshapen, metadata)
        .contains("'embedding.weight' has the shape [255, 3] and not [256, 3]"))
    #expect(try complaint(good, ["architecture": "resnet"]).contains("no such kind of network"))
    let activation = ["heads": "2", "context": "16", "activation": "tanhshrink"]
    let transformer = try shapes("transformer:layers=1:width=8:heads=2:context=16")
    #expect(try complaint(transformer, activation).contains("tanhshrink"))
    #expect(try complaint([("x", [1])], [:]).contains("no matrix 'embedding.weight'"))
    let large = ["architecture": "transformer:layers=64:width=8192"]
    #expect(try complaint(good, large).contains("at most 268435456"))
  }

  @Test func lyingMetadataAreRefused() throws {
    let good = try shapes("gru:width=5:embedding=3")
    for (key, value) in [
      ("corpus", "{}"), ("learned_bytes", "many"), ("sketch", "?"), ("seed", "-1"),
      ("steps", "1.5"), ("hold_out_share", ""),
    ] {
      let said = try NeuralModelFormatTests.complaint(file(good, [key: value]))
      #expect(said.contains("'\(key)' cannot be understood"))
    }
    let newer = try NeuralModelFormatTests.complaint(file(good, ["format_version": "2"]))
    #expect(newer.contains("format version 2") && newer.contains("use a newer bpb"))
    let words = try NeuralModelFormatTests.complaint(file(good, ["vocabulary": "50257 words"]))
    #expect(words.contains("predicts '50257 words' and not 256 bytes"))
    let checkpoint = try NeuralModelFormatTests.complaint(file(good, ["kind": Checkpoint.kind]))
    #expect(checkpoint.contains("a checkpoint of a training that is under way"))
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity]) func whatIsNoNumberIsFound(_ value: Float)
    throws
  {
    var file = try file(shapes("gru:width=5:embedding=3"))
    // The last tensor is the head's bias, of 256 numbers.
    let place = file.count - 4 * 250
    for i in 0..<4 { file[place + i] = UInt8(truncatingIfNeeded: value.bitPattern >> (8 * i)) }
    let said = try NeuralModelFormatTests.complaint(file)
    #expect(said.contains("number 6 of the tensor 'head.bias' is \(value)"), "\(said)")
  }

  @Test func noMutationDoesHarm() throws {
    let good = try NeuralModelFormatTests.file(NeuralModelFormatTests.weights())
    var generator = SplitMix64(seed: 11)
    let header = 1500
    for run in 0..<300 {
      // Most damage into the header: elsewhere it is only another model.
      let bytes =
        run % 4 == 0
        ? Mutation.random(of: good, using: &generator)
        : Mutation.random(of: Array(good.prefix(header)), using: &generator)
          + good.dropFirst(header)
      do throws(BPBError) {
        let model = try NeuralModelFormat().open(ModelBytes(copying: bytes.span))
        #expect(try model.models.withModel { FrozenUse.failure(of: $0) } == nil, "run \(run)")
      } catch {
        #expect(error.code == .badData && !error.problem.isEmpty, "run \(run): \(error)")
      }
    }
  }
}

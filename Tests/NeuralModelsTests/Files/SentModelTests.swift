import BPBCore
import ModelFiles
import SystemPackage
import Testing
import _TestSupport

@testable import NeuralModels

/// Trained networks as methods: with windows of a chosen stride, and sent along with each block.
@Suite struct SentModelTests {
  private static let shape = "transformer:layers=1:width=8:heads=2:context=16"
  private static let text = Array(TrainerTests.text.prefix(200))
  private let directory: TemporaryDirectory
  private let table = MethodTable(families: [NeuralModelFormatTests.reader.family])
  private let file: [UInt8]

  init() throws {
    directory = try TemporaryDirectory()
    file = try NeuralModelFormatTests.file(NeuralModelFormatTests.weights(Self.shape))
    try directory.write(file, to: "m.safetensors")
    let weights = try NeuralModelFormatTests.weights("gru:width=6:embedding=4")
    try directory.write(NeuralModelFormatTests.file(weights), to: "gru.safetensors")
  }

  private func method(_ options: String, of name: String = "m") throws -> Method {
    try table.method(named: "model:\"\(directory.path)/\(name).safetensors\"" + options)
  }

  private func coded(_ options: String) throws -> [UInt8] {
    try method(options).codec.encode(Self.text.span)
  }

  @Test func whatIsSentDecodesWithoutTheFile() throws {
    let sent = try method(":embed=true")
    let coded = try sent.codec.encode(Self.text.span)
    let residual = Array(try self.coded("").dropFirst(2))
    #expect(coded == LEB128.encode(200) + LEB128.encode(file.count) + file + residual)
    #expect(sent.modelBytes == 0 && sent.decodingName == "model:embed=true")
    let decoder = try table.method(named: "model:embed=true")
    #expect(try decoder.codec.decode(coded.span, limit: 200) == Self.text)
    #expect(try method("").codec.encode([UInt8]().span) == [0])
    let error = #expect(throws: BPBError.self) { try decoder.codec.encode(Self.text.span) }
    #expect(error?.code == .usage)
  }

  @Test func aBlockThatLiesIsRefused() throws {
    let coded = try coded(":embed=true")
    let decoder = try table.method(named: "model:embed=true").codec
    let start = 2 + LEB128.encode(file.count).count
    /// The block with other bytes in its model.
    func changed(_ change: (inout [UInt8]) -> Void) -> [UInt8] {
      var model = file
      change(&model)
      let lengths = LEB128.encode(200) + LEB128.encode(model.count)
      return lengths + model + coded[(start + file.count)...]
    }
    for damaged in [
      changed { $0.removeLast(40) }, changed { $0 += [0, 0, 0, 0] }, changed { $0.removeAll() },
      changed { $0.replaceSubrange(0..<8, with: [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]) },
      changed { $0.replaceSubrange(($0.count - 4)..., with: [0, 0, 0xC0, 0x7F]) },
      Array(coded[..<(start + 50)]),
    ] {
      let error = #expect(throws: BPBError.self) {
        try decoder.decode(damaged.span, limit: 1 << 20)
      }
      #expect(error?.code == .badData)
    }
  }

  @Test func theStrideDecidesWhatIsKnown() throws {
    let usual = try coded("")
    #expect(try coded(":stride=8") == usual)
    for stride in [1, 3, 16] {
      let method = try method(":stride=\(stride)")
      let coded = try method.codec.encode(Self.text.span)
      #expect(coded != usual)
      #expect(try method.codec.decode(coded.span, limit: 200) == Self.text)
      let sent = try self.method(":embed=true:stride=\(stride)")
      let block = try sent.codec.encode(Self.text.span)
      #expect(block.suffix(coded.count - 2) == coded.dropFirst(2))
      let decoder = try table.method(named: try #require(sent.decodingName))
      #expect(try decoder.codec.decode(block.span, limit: 200) == Self.text)
    }
  }

  @Test(arguments: [
    ("m", ":stride=17", "holds 16 bytes"), ("gru", ":stride=4", "reads on without"),
  ])
  func aStrideThatCannotBeIsSaid(name: String, options: String, words: String) throws {
    let error = #expect(throws: BPBError.self) { try method(options, of: name) }
    #expect(error?.code == .usage && error?.problem.contains(words) == true)
  }

  @Test func theMethodNamesItsModel() throws {
    let method = try method("")
    let hash = try #require(method.modelHash)
    #expect(hash.count == 64 && method.version?.contains(hash.prefix(16)) == true)
    #expect(method.parameterCount == (try Architecture(parsing: Self.shape)).parameterCount)
    #expect(method.learnedFrom == ["00"] && method.modelBytes == file.count)
  }
}

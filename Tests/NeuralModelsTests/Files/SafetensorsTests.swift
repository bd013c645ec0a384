import BPBCore
import NeuralModels
import Testing
import _TestSupport

/// Two tensors, and what a file of them looks like.
enum SafetensorsSample {
  static let layout: ParameterLayout = {
    var layout = ParameterLayout()
    _ = layout.add("layers.0.weight", [2, 3], .matrix)
    _ = layout.add("norm", [5], .gain)
    return layout
  }()

  static let parameters: [Float] = {
    var values = [Float](repeating: 0, count: layout.bufferCount)
    for tensor in layout.tensors {
      for i in 0..<tensor.count { values[tensor.offset + i] = Float(i) * 0.3 - 1 }
    }
    return values
  }()

  static func file(
    _ parameters: [Float] = parameters,
    metadata: [String: String] = ["seed": "7", "a\n\"\\\u{1}": "ü"],
    as type: TensorType = .float32
  ) throws -> [UInt8] {
    var file: [UInt8] = []
    try SafetensorsFile.write(parameters, layout, metadata: metadata, as: type) { file.append($0) }
    return file
  }

  static func read(_ bytes: [UInt8]) throws(BPBError) -> SafetensorsFile {
    try SafetensorsFile(ModelBytes(copying: bytes.span))
  }

  /// A file of `json`, blanks and `count` bytes.
  static func file(json: String, dataCount: Int) -> [UInt8] {
    let length = json.utf8.count
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + json.utf8
      + [UInt8](repeating: 0, count: dataCount)
  }
}

@Suite struct SafetensorsTests {
  private func values(of file: SafetensorsFile) -> [[Float]] {
    file.header.tensors.map { tensor in
      let count = tensor.shape.reduce(1, *)
      return [Float](unsafeUninitializedCapacity: count) { buffer, initialised in
        file.read(tensor, into: buffer.baseAddress!)
        initialised = count
      }
    }
  }

  @Test func whatIsWrittenIsRead() throws {
    let bytes = try SafetensorsSample.file()
    let file = try SafetensorsSample.read(bytes)
    #expect(file.header.metadata == ["seed": "7", "a\n\"\\\u{1}": "ü"])
    #expect(file.header.tensors.map(\.name) == ["layers.0.weight", "norm"])
    #expect(file.header.tensors.map(\.shape) == [[2, 3], [5]])
    let expected = SafetensorsSample.layout.tensors.map { tensor in
      Array(SafetensorsSample.parameters[tensor.offset..<tensor.offset + tensor.count])
    }
    #expect(values(of: file) == expected)
    #expect(try SafetensorsSample.file() == bytes)
    let isRecognised = SafetensorsFile.recognises(bytes.span)
    #expect(isRecognised)
  }

  @Test func theBytesAreThoseOfTheFormat() throws {
    let bytes = try SafetensorsSample.file(metadata: ["seed": "7"])
    let json =
      #"{"__metadata__":{"seed":"7"},"layers.0.weight":{"dtype":"F32","shape":[2,3],"#
      + #""data_offsets":[0,24]},"norm":{"dtype":"F32","shape":[5],"data_offsets":[24,44]}}"#
    #expect(bytes[8...].starts(with: json.utf8))
    let length = Int(bytes[0]) + 256 * Int(bytes[1])
    #expect((8 + length) % 64 == 0 && bytes.count == 8 + length + 44)
    #expect(bytes[(8 + json.utf8.count)..<(8 + length)].allSatisfy { $0 == 0x20 })
  }

  @Test func brainFloatsAreHalfAsLong() throws {
    let bytes = try SafetensorsSample.file(as: .brainFloat16)
    let file = try SafetensorsSample.read(bytes)
    #expect(file.header.tensors.allSatisfy { $0.type == .brainFloat16 })
    let weight = values(of: file)[0]
    #expect(weight == (0..<6).map { TensorType.brainFloat16.rounded(Float($0) * 0.3 - 1) })
    #expect(weight[1] != -0.7 && abs(weight[1] + 0.7) < 0.003)
  }

  @Test func whatIsNoNumberIsNotWritten() throws {
    for (value, type) in [
      (Float.nan, TensorType.float32), (.greatestFiniteMagnitude, .brainFloat16),
    ] {
      var parameters = SafetensorsSample.parameters
      parameters[SafetensorsSample.layout.tensors[1].offset + 2] = value
      let error = #expect(throws: BPBError.self) {
        try SafetensorsSample.file(parameters, as: type)
      }
      #expect(error?.problem.contains("number 2 of 'norm'") == true)
    }
  }

  @Test func halvesAreRead() throws {
    var bytes = SafetensorsSample.file(
      json: #"{ "h" : {"shape":[2],"data_offsets":[0,4],"dtype":"F16"} } "#, dataCount: 0)
    bytes += [0x00, 0x3C, 0x00, 0xC0]
    #expect(values(of: try SafetensorsSample.read(bytes)) == [[1, -2]])
  }

  @Test func escapesAreThoseOfJSON() throws {
    let json = #"{"__metadata__":{"\u00e9\ud83d\ude00\t\/":"\"\\"}}"#
    let file = try SafetensorsSample.read(SafetensorsSample.file(json: json, dataCount: 0))
    #expect(file.header.metadata == ["é😀\t/": "\"\\"])
  }
}

/// Files that lie, end early or make no sense: a sentence for each.
@Suite struct HostileSafetensorsTests {
  private func complaint(_ bytes: [UInt8]) -> String {
    do throws(BPBError) {
      _ = try SafetensorsSample.read(bytes)
      return "nothing"
    } catch {
      return error.code == .badData ? error.problem : "\(error.code)"
    }
  }

  private func complaint(json: String, dataCount: Int = 8) -> String {
    complaint(SafetensorsSample.file(json: json, dataCount: dataCount))
  }

  private func tensor(
    _ name: String = "w", _ type: String = "F32", _ shape: String = "[2]",
    _ offsets: String = "[0,8]"
  ) -> String {
    #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":\#(offsets)}"#
  }

  @Test func everyTruncationIsRefused() throws {
    let file = try SafetensorsSample.file()
    for end in 0..<file.count {
      #expect(complaint(Array(file[..<end])).contains("the file ends inside"), "\(end)")
    }
    #expect(complaint(file + [0]) == "the file goes on after its last tensor")
  }

  @Test func lengthsThatLieAreRefused() throws {
    var file = try SafetensorsSample.file()
    file[7] = 0xFF
    #expect(complaint(file).contains("is beyond 100000000"))
    file[7] = 0
    file[2] = 1
    #expect(complaint(file).contains("65"))
  }

  @Test func tensorsMustFitTheirFile() {
    #expect(complaint(json: "{\(tensor())}") == "nothing")
    let two = "{\(tensor()),\(tensor("v", "F32", "[1]", "[4,8]"))}"
    #expect(complaint(json: two).contains("'v' begins inside"))
    #expect(complaint(json: "{\(tensor("w", "F32", "[1]", "[4,8]"))}").contains("a gap before"))
    #expect(complaint(json: "{\(tensor())}", dataCount: 7).contains("ends inside the tensor 'w'"))
    #expect(complaint(json: "{\(tensor("w", "F32", "[3]"))}").contains("has 8 bytes, which"))
    let huge = "{\(tensor("w", "F32", "[4611686018427387904,4,0]"))}"
    #expect(complaint(json: huge).contains("which its shape"))
    #expect(complaint(json: "{\(tensor()),\(tensor())}").contains("says 'w' twice"))
    #expect(complaint(json: "{\(tensor("w", "I64", "[1]"))}").contains("of type I64"))
  }

  @Test(arguments: [
    "", "[]", "{", "{}x", #"{"w"}"#, #"{"w":1}"#, #"{"w":{"dtype":{}}}"#, #"{"w":{"shape":[[1]]}}"#,
    #"{"w":{"shape":[-1]}}"#, #"{"w":{"shape":[1.0]}}"#, #"{"w":{"shape":[01]}}"#,
    #"{"w":{"shape":[9223372036854775808]}}"#, #"{"w":{}}"#, #"{"w":{"colour":"red"}}"#,
    #"{"w":{"dtype":"F32","shape":[0],"data_offsets":[1,0]}}"#,
    #"{"w":{"dtype":"F32","shape":[0],"data_offsets":[0]}}"#, #"{"__metadata__":{"a":1}}"#,
    #"{"__metadata__":{"a":"\ud800"}}"#, #"{"__metadata__":{"a":"\q"}}"#,
    #"{"__metadata__":{"a":"\u+123"}}"#,
    "{\"\u{1}\":{}}", #"{"__metadata__":{"a":"b"#, #"{"__metadata__":{"a":"\"#,
  ])
  func whatIsNoHeaderIsSaid(json: String) {
    #expect(complaint(json: json, dataCount: 0).contains("the header"), "\(json.prefix(60))")
  }

  @Test func nothingNestsWithoutEnd() {
    #expect(complaint(json: String(repeating: #"{"a":"#, count: 100_000)).contains("the header"))
  }

  @Test func noMutationDoesHarm() throws {
    let good = try SafetensorsSample.file()
    var generator = SplitMix64(seed: 5)
    var refused = 0
    for run in 0..<2000 {
      let said = complaint(Mutation.random(of: good, using: &generator))
      #expect(!said.isEmpty, "run \(run)")
      if said != "nothing" { refused += 1 }
    }
    // Most places are of the header, and most damage there shows.
    #expect(refused > 1500)
  }
}

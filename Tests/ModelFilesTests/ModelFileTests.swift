import BPBCore
import ByteModels
import ModelFiles
import RunRecords
import SystemPackage
import Testing
import _TestSupport

/// What was written is opened again, and whatever is wrong with a file is said in a sentence.
@Suite struct ModelFileTests {
  private static func opened(_ bytes: [UInt8]) throws -> OpenedModel {
    let directory = try TemporaryDirectory()
    return try ModelSamples.reader.open(try directory.write(bytes, to: "it.bpbm"))
  }

  @Test func whatWasLearnedIsOpenedAgain() throws {
    let text = ModelSamples.text
    let file = try ModelSamples.file()
    let model = try Self.opened(file)
    let learning = try #require(ModelSamples.table.method(named: "ngram:2").learning)
    let body = try ModelSamples.body()
    let direct = try learning.restore(body.span)
    let bits = try model.models.withModel { $0.score(text.span, blockSize: 100) }
    #expect(bits == direct.score(text.span, blockSize: 100))
    #expect(model.byteCount == file.count && model.method == "ngram:2")
    #expect(model.corpus == (try ModelSamples.metadata().corpus))
    #expect(model.notes == ["learned with care"] && model.sketch == ModelSamples.sketch)
  }

  @Test func equalContentGivesEqualFilesAndIdentities() throws {
    let file = try ModelSamples.file()
    #expect(try ModelSamples.file() == file)
    var metadata = try ModelSamples.metadata()
    metadata.notes = []
    let identities = try [file, ModelSamples.file(metadata)].map {
      try Self.opened($0).identity
    }
    #expect(identities[0].count == 64 && identities[0] != identities[1])
  }

  @Test func theBodyIsAligned() throws {
    for count in 0..<130 {
      var metadata = try ModelSamples.metadata()
      metadata.notes = [String(repeating: "n", count: count)]
      let file = try ModelSamples.file(metadata, body: [7, 8, 9])
      #expect((file.count - 3) % 64 == 0 && file.suffix(3) == [7, 8, 9])
      let bytes = ModelBytes(copying: file.span)
      #expect(try ModelFile(bytes).body.buffer.elementsEqual([7, 8, 9]))
    }
  }

  @Test func everyTruncationIsRefused() throws {
    let file = try ModelSamples.file()
    for end in [0, 1, 3, 4, 20, 63, 64, 70, 200, file.count - 1] {
      let error = try #require(try ModelSamples.complaint(about: Array(file[..<end])))
      #expect(error.code == .badData, "\(end): \(error)")
      #expect(
        error.problem.contains("ends") || error.problem.contains("empty")
          || end < 4 && error.problem.contains("not a model file"), "\(end): \(error)")
    }
  }

  @Test func everyFlippedBitIsNoticed() throws {
    let file = try ModelSamples.file()
    for bit in stride(from: 0, to: 8 * file.count, by: 5) {
      var damaged = file
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      let bytes = ModelBytes(copying: damaged.span)
      let error = #expect(throws: BPBError.self, "bit \(bit)") { try ModelFile(bytes) }
      #expect(error?.code == .badData)
    }
  }

  @Test func whatIsWrongIsSaid() throws {
    let file = try ModelSamples.file()
    func complaint(_ change: (inout [UInt8]) -> Void) throws -> String {
      var changed = file
      change(&changed)
      return try ModelSamples.complaint(about: changed)?.description ?? "nothing"
    }
    #expect(try complaint { _ in } == "nothing")
    #expect(try complaint { $0 = Array("hello, world".utf8) }.contains("this is not a model file"))
    #expect(try complaint { $0[4] = 0x0A }.contains("changes line ends"))
    #expect(try complaint { $0[8] = 2 }.contains("format version 2"))
    #expect(try complaint { $0[10] = 1 }.contains("flags 0x0100"))
    #expect(try complaint { $0.append(0) }.contains("goes on after its end"))
    #expect(try complaint { $0[$0.count - 1] ^= 1 }.contains("checksum differs"))
    for lie in [12, 16, 24, 31] {
      #expect(try complaint { $0[lie] ^= 0x80 }.contains("header"), "at \(lie)")
    }
  }

  @Test func anUnfinishedFileIsRefused() throws {
    let error = try ModelSamples.complaint(about: ModelSamples.file(finishing: false))
    #expect(error?.problem.contains("unfinished") == true)
  }
}

/// A whole file need not hold a model that this program can use.
@Suite struct ForeignModelTests {
  private func complaint(_ metadata: ModelMetadata, body: [UInt8]? = nil) throws -> String {
    try ModelSamples.complaint(about: ModelSamples.file(metadata, body: body))?.description
      ?? "nothing"
  }

  @Test func theMethodMustBeThereAndOfItsVersion() throws {
    #expect(
      try complaint(ModelSamples.metadata(method: "nngram:2", version: "1"))
        .contains("was made by the method 'nngram:2', which cannot be had"))
    #expect(
      try complaint(ModelSamples.metadata(version: "0"))
        .contains("made by version 0 of 'ngram:2', and this is version"))
  }

  @Test func theBodyMustBeItsOwn() throws {
    #expect(try complaint(ModelSamples.metadata(), body: [1, 2, 3]).contains("snapshot"))
  }

  @Test func whatIsNoFileIsSaid() throws {
    let directory = try TemporaryDirectory()
    func error(_ path: FilePath) -> BPBError? {
      #expect(throws: BPBError.self) { try ModelSamples.reader.open(path) }
    }
    let place = error(directory.path)
    #expect(place?.code == .noInput && place?.problem == "is a directory")
    let missing = error(directory.path.appending("no.bpbm"))
    #expect(missing?.code == .noInput && missing?.subject?.hasSuffix("no.bpbm") == true)
  }
}

import BPBCore
import ByteModels
import ModelFiles
import RunRecords
import SystemPackage
import _TestSupport

/// A small model file, and the means to damage it.
enum ModelSamples {
  static let text = HostileInputs.all.first { $0.name == "text" }!.bytes
  static let table = MethodTable(families: ModelFamilies.families)
  static let reader = ModelReader(formats: [TrainedModelFormat(methods: table)])
  static let sketch: [UInt8] = [1, 2, 3]

  static func metadata(
    method: String = "ngram:2", version: String? = nil
  ) throws -> ModelMetadata {
    let known = try? table.method(named: method)
    return ModelMetadata(
      method: method, methodVersion: version ?? known?.version, precision: "as it is",
      bpbVersion: "0.0",
      corpus: CorpusRecord(
        files: [.init(path: "text", bytes: text.count, sha256: "00")], bytes: text.count,
        sha256: "11"),
      learnedBytes: text.count, notes: ["learned with care"])
  }

  static func body() throws -> [UInt8] {
    let learner = try table.method(named: "ngram:2").learning!.makeLearner(byteCount: text.count)
    learner.learn(text.span)
    return try learner.fileBody()
  }

  static func file(
    _ metadata: ModelMetadata? = nil, body: [UInt8]? = nil, finishing: Bool = true
  ) throws -> [UInt8] {
    var file: [UInt8] = []
    let metadata = try metadata ?? self.metadata()
    let body = try body ?? self.body()
    var pieces = 0
    try ModelFile.write(body.span, metadata: metadata, sketch: sketch) { bytes, offset in
      pieces += 1
      guard offset < file.count else { return file.append(bytes) }
      if finishing { file[offset] = bytes[0] }
    }
    return file
  }

  /// What opening `bytes` says is wrong with them; nil if they are opened.
  static func complaint(about bytes: [UInt8]) throws -> BPBError? {
    let directory = try TemporaryDirectory()
    let path = try directory.write(bytes, to: "it.bpbm")
    do throws(BPBError) {
      let opened = try reader.open(path)
      _ = try opened.models.withModel { $0.score(text.span, blockSize: 64) }
      return nil
    } catch {
      return error
    }
  }
}

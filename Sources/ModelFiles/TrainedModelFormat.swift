public import BPBCore

/// The format of `bpb train`: a body that the method which wrote it can open.
public struct TrainedModelFormat: ModelFormat {
  private let methods: MethodTable

  /// The format, for models of `methods`.
  public init(methods: MethodTable) { self.methods = methods }

  public func recognises(_ bytes: Span<UInt8>) -> Bool { ModelFile.recognises(bytes) }

  public func open(_ bytes: ModelBytes) throws(BPBError) -> OpenedModel {
    let file = try ModelFile(bytes)
    let (method, learning) = try method(of: file.metadata)
    let models = FrozenModelPool { () throws(BPBError) in try learning.open(file.body) }
    // A body that its checksum found whole may still be none that this method can read: better said now.
    try models.withModel { _ in }
    return OpenedModel(
      identity: file.identity, byteCount: bytes.count, method: file.metadata.method,
      methodVersion: file.metadata.methodVersion, corpus: file.metadata.corpus,
      sketch: file.sketch, notes: file.metadata.notes, memory: method.memory.decoder,
      expectedSpeed: method.expectedSpeed, models: models)
  }

  private func method(
    of metadata: ModelMetadata
  ) throws(BPBError) -> (Method, any LearningMethod) {
    let name = SafeText.escape(metadata.method)
    let method: Method
    do throws(BPBError) {
      method = try methods.method(named: metadata.method)
    } catch {
      throw BPBError(
        .badData,
        "the model was made by the method '\(name)', which cannot be had: \(error.problem)",
        advice: error.advice)
    }
    guard let learning = method.learning else {
      throw BPBError(.badData, "the model was made by the method '\(name)', which learns nothing")
    }
    guard method.version == metadata.methodVersion else {
      let versions = [metadata.methodVersion, method.version].map { $0 ?? "unknown" }
      throw BPBError(
        .badData,
        "the model was made by version \(SafeText.escape(versions[0])) of '\(name)', and this is "
          + "version \(SafeText.escape(versions[1]))", advice: "train it again")
    }
    return (method, learning)
  }
}

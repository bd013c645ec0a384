public import BPBCore
public import SystemPackage

extension ModelReader {
  /// The family `model:FILE`: every block coded by the frozen model that a file holds, the file charged as
  /// `modelBytes`.
  ///
  /// A method's version is that of the model, hash included, so that no record, and no coded file, is ever
  /// taken for that of another model under the same name.
  public var family: MethodFamily {
    MethodFamily(
      name: "model", kind: .model, summary: "a model that 'bpb train' made, used as it is",
      parameters: [
        MethodParameter("file", .path, default: nil, summary: "the model's file, as book.bpbm")
      ],
      version: { nil }
    ) { values throws(BPBError) in
      guard let path = values.text("file") else {
        throw BPBError(
          .usage, "says no file", subject: "method 'model'",
          advice: "name a trained model, as in model:book.bpbm")
      }
      return try method(values.name, path: FilePath(path))
    }
  }

  /// The method that codes by the model in the file at `path`.
  ///
  /// - Throws: as `open`.
  public func method(_ name: String, path: FilePath) throws(BPBError) -> Method {
    let model = try open(path)
    return Method(
      name: name, version: model.version, codec: FrozenCodec(model.models),
      memory: MemoryNeed(encoder: model.memory, decoder: model.memory),
      expectedSpeed: model.expectedSpeed, modelBytes: model.byteCount,
      framingNote: "its length as LEB128, 1 to 9 bytes", frozen: model.models,
      needsSameVersion: true)
  }
}

extension OpenedModel {
  /// Method, version and hash, in one line: what two models have in common only if they are one.
  public var version: String {
    let method = SafeText.escape(self.method)
    let version = methodVersion.map { " " + SafeText.escape($0) } ?? ""
    return "\(method)\(version), sha256 \(identity.prefix(16))"
  }
}

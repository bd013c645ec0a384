public import BPBCore
import SystemPackage

extension ModelReader {
  /// The name of the family that uses trained models.
  public static let familyName = "model"

  /// The family `model:FILE`: every block coded by the frozen model that a file holds, the file charged as
  /// `modelBytes`.
  ///
  /// A method's version is that of the model, hash included, so that no record, and no coded file, is ever
  /// taken for that of another model under the same name.
  public var family: MethodFamily {
    MethodFamily(
      name: Self.familyName, kind: .model, summary: "a model that 'bpb train' made, used as it is",
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
      return try open(FilePath(path)).asMethod(named: values.name)
    }
  }
}

extension OpenedModel {
  /// The method called `name` that codes by this model.
  public func asMethod(named name: String) -> Method {
    Method(
      name: name, version: version, codec: FrozenCodec(models),
      memory: MemoryNeed(encoder: memory, decoder: memory), expectedSpeed: expectedSpeed,
      modelBytes: byteCount, framingNote: "its length as LEB128, 1 to 9 bytes", frozen: models,
      needsSameVersion: true)
  }

  /// Method, version and hash, in one line: what two models have in common only if they are one.
  public var version: String {
    let method = SafeText.escape(self.method)
    let version = methodVersion.map { " " + SafeText.escape($0) } ?? ""
    return "\(method)\(version), sha256 \(identity.prefix(16))"
  }
}

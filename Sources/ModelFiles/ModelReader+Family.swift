public import BPBCore
import RunRecords
import SystemPackage

extension ModelReader {
  /// The name of the family that uses trained models.
  public static let familyName = "model"

  /// The family `model:FILE`: every block coded by the frozen model that a file holds, the file charged as
  /// `modelBytes`, or sent along with each block.
  ///
  /// A method's version is that of the model, hash included, so that no record, and no coded file, is ever
  /// taken for that of another model under the same name.
  public var family: MethodFamily {
    MethodFamily(
      name: Self.familyName, kind: .model, summary: "a model that 'bpb train' made, used as it is",
      parameters: [
        MethodParameter("file", .path, default: nil, summary: "the model's file, as book.bpbm"),
        MethodParameter(
          "embed", .choice(["false", "true"]), default: "false",
          summary: "send the model along with every block, which then decodes without the file"),
        MethodParameter(
          "stride", .integer(1...1 << 16), default: nil,
          summary:
            "new bytes in each window of a transformer, half of its context by default: fewer have more "
            + "context and take more time"),
      ],
      version: { nil }
    ) { values throws(BPBError) in
      let (stride, isSent) = (values.optionalInteger("stride"), values.text("embed") == "true")
      guard let path = values.text("file") else {
        guard isSent else { throw Self.namesNoFile }
        return sentMethod(stride: stride)
      }
      return try method(FilePath(path), stride: stride, isSent: isSent, named: values.name)
    }
  }

  private static let namesNoFile = BPBError(
    .usage, "says no file", subject: "method 'model'",
    advice: "name a trained model, as in model:book.bpbm")

  private func method(
    _ path: FilePath, stride: Int?, isSent: Bool, named name: String
  ) throws(BPBError) -> Method {
    let file = try ModelBytes(mapping: path)
    let model: OpenedModel
    do throws(BPBError) {
      model = try open(file).reading(stride: stride)
    } catch {
      throw error.about(SafeText.escape(path.string))
    }
    var method = model.asMethod(named: name)
    guard isSent else { return method }
    let sent = sentMethod(stride: stride) { () throws(BPBError) in
      var bytes: [UInt8] = []
      bytes.append(file.buffer.span)
      return bytes
    }
    (method.codec, method.decodingName) = (sent.codec, sent.name)
    (method.modelBytes, method.needsSameVersion) = (0, false)
    method.framingNote = sent.framingNote
    return method
  }

  /// The method that finds its model in the block, and puts `model` there.
  private func sentMethod(
    stride: Int?,
    _ model: @escaping @Sendable () throws(BPBError) -> [UInt8] = { () throws(BPBError) in
      throw namesNoFile
    }
  ) -> Method {
    var spec = MethodSpec(name: Self.familyName)
    spec.options = [.init(key: "embed", value: .init("true"))]
    if let stride { spec.options.append(.init(key: "stride", value: .init("\(stride)"))) }
    let codec = TwoPartCodec(carrying: model) { bytes throws(BPBError) in
      try open(ModelBytes(copying: bytes)).reading(stride: stride).models.newModel()
    }
    return Method(
      name: spec.description, version: nil, codec: codec,
      memory: MemoryNeed(encoder: Self.sentModelMemory, decoder: Self.sentModelMemory),
      expectedSpeed: 1e6, framingNote: "its length and that of the model's file as LEB128")
  }

  /// What using a model takes whose size nobody knows before its block is there: a guess.
  private static let sentModelMemory = 64 << 20
}

extension OpenedModel {
  /// The method called `name` that codes by this model.
  public func asMethod(named name: String) -> Method {
    var method = Method(
      name: name, version: version, codec: FrozenCodec(models),
      memory: MemoryNeed(encoder: memory, decoder: memory), expectedSpeed: expectedSpeed,
      modelBytes: byteCount, parameterCount: parameterCount, modelHash: identity,
      framingNote: "its length as LEB128, 1 to 9 bytes", frozen: models, needsSameVersion: true)
    method.learnedFrom = Set(corpus?.files.map(\.sha256) ?? [])
    return method
  }

  /// Method, version and hash, in one line: what two models have in common only if they are one.
  public var version: String {
    let method = SafeText.escape(self.method)
    let version = methodVersion.map { " " + SafeText.escape($0) } ?? ""
    return "\(method)\(version), sha256 \(identity.prefix(16))"
  }
}

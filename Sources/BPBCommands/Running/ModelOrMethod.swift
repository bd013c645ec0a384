import BitsPerByte
import SystemPackage

/// A word of the command line that names a trained model's file or a method.
enum ModelOrMethod {
  /// The method that `word` names: one of the table's, or that of a model's file. A file that is called like a family of
  /// methods is named as ./FILE, or as model:FILE.
  ///
  /// - Throws: `usage` for what names neither; `noInput` and `badData` as `ModelReader.open`.
  static func method(_ word: String) throws(BPBError) -> Method {
    let table = MethodTable.builtin
    let family = (try? MethodSpec(parsing: word))?.name
    guard !table.families.contains(where: { $0.name == family }), namesFile(word) else {
      return try table.method(named: word)
    }
    let model = try ModelReader.builtin.open(FilePath(argument: word))
    let name = MethodSpec(name: ModelReader.familyName, value: .init(word))
    return model.asMethod(named: name.description)
  }

  /// Whether there is such a file, or nothing but a file can be meant.
  private static func namesFile(_ word: String) -> Bool {
    let path = FilePath(argument: word)
    return word.contains("/") || ["bpbm", "safetensors"].contains(path.extension)
      || (try? path.stat()) != nil
  }

  /// What writes as `method` predicts.
  ///
  /// - Throws: `usage` for a method that is no model; `methodFailed` when there is no memory.
  static func writer(of method: Method, byteCount: Int) throws(BPBError) -> any TextWriter {
    guard let writer = try method.codec.makeWriter(byteCount: byteCount) else {
      throw BPBError(
        .usage, "is no model: it has no probabilities that bytes could be drawn by",
        subject: "method '\(SafeText.escape(method.name))'",
        advice: "name a model, as ppm or a file that 'bpb train' wrote")
    }
    return writer
  }
}

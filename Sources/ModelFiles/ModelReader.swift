public import BPBCore
public import SystemPackage

/// Opens model files of every format that it knows.
public struct ModelReader: Sendable {
  /// In the order in which they are asked whether a file is theirs.
  private let formats: [any ModelFormat]

  /// A reader of `formats`.
  public init(formats: [any ModelFormat]) { self.formats = formats }

  /// The model in the file at `path`.
  ///
  /// - Throws: `noInput` when there is no such file, `badData` when it holds no model, or none that is
  ///   whole, with a sentence that names it.
  public func open(_ path: FilePath) throws(BPBError) -> OpenedModel {
    let file = try ModelBytes(mapping: path)
    do throws(BPBError) {
      return try open(file)
    } catch {
      throw error.about(SafeText.escape(path.string))
    }
  }

  /// The model in a file that is in memory.
  ///
  /// - Throws: `badData` when it holds no model, or none that is whole.
  public func open(_ file: ModelBytes) throws(BPBError) -> OpenedModel {
    let start = UnsafeBufferPointer(rebasing: file.buffer.prefix(64))
    guard let format = formats.first(where: { $0.recognises(start.span) }) else {
      throw BPBError(
        .badData, file.count == 0 ? "the file is empty" : "this is not a model file",
        advice: "name one that 'bpb train' wrote")
    }
    return try format.open(file)
  }
}

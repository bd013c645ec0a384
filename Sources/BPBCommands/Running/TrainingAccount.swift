import BitsPerByte
import Reports

/// What `bpb train` says of a model that it wrote.
struct TrainingAccount {
  let model: TrainingRun.Model
  /// The file's name as it was given, and its size.
  let file: String
  let fileBytes: Int
  /// What the model pays for the held-out part; nil without one.
  let heldOut: Estimate?
  /// The ARPA file's name as it was given, and its size; nil if none was written.
  let text: (file: String, bytes: Int)?

  private var metadata: ModelMetadata { model.metadata }
  private var name: String { SafeText.escape(argument: file) }

  /// A few lines for people.
  var lines: String {
    let held = heldOut.map { AccountText.held($0, byteCount: model.heldOut.count) }
    let size = AccountText.size(of: name, bytes: fileBytes, learnedBytes: metadata.learnedBytes)
    return AccountText.lines(
      [learned, size] + [held].compactMap(\.self) + metadata.notes.map { SafeText.escape($0) }
        + [text.map(exported), AccountText.next(name)].compactMap(\.self))
  }

  private var learned: String {
    guard metadata.learnedBytes > 0 else {
      return "\(metadata.method) took over a model in \(NumberFormat.duration(model.seconds))"
    }
    let speed = Double(metadata.learnedBytes) / max(model.seconds, 1e-9)
    return
      "\(metadata.method) learned from \(NumberFormat.grouped(metadata.learnedBytes)) bytes in "
      + "\(NumberFormat.duration(model.seconds)), \(NumberFormat.megabytesPerSecond(speed)) MB/s"
  }

  private func exported(_ text: (file: String, bytes: Int)) -> String {
    "\(SafeText.escape(argument: text.file)): \(NumberFormat.grouped(text.bytes)) bytes in ARPA format"
  }

  /// The same for programs.
  var json: JSONValue {
    .object([
      ("schema", .integer(1)), ("method", .string(metadata.method)),
      ("version", .optional(metadata.methodVersion)), ("file", .string(name)),
      ("file_bytes", .integer(fileBytes)), ("learned_bytes", .integer(metadata.learnedBytes)),
      ("seconds", .number(model.seconds)), ("precision", .string(metadata.precision)),
      ("held_out", AccountText.json(heldOut, byteCount: model.heldOut.count)),
      ("notes", .array(metadata.notes.map(JSONValue.string))),
    ])
  }
}

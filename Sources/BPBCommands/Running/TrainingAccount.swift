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
    ([learned, size] + (heldOut.map { [held($0)] } ?? [])
      + metadata.notes.map { SafeText.escape($0) } + (text.map { [exported($0)] } ?? []))
      .map { $0 + "\n" }.joined()
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

  private var size: String {
    let text = "\(name): \(NumberFormat.grouped(fileBytes)) bytes"
    guard metadata.learnedBytes > 0 else { return text }
    let rate = 8 * Double(fileBytes) / Double(metadata.learnedBytes)
    return text + ", \(NumberFormat.fixed(rate, decimals: 3)) bits for each byte learned from"
  }

  private func exported(_ text: (file: String, bytes: Int)) -> String {
    "\(SafeText.escape(argument: text.file)): \(NumberFormat.grouped(text.bytes)) bytes in ARPA format"
  }

  private func held(_ estimate: Estimate) -> String {
    let figures = [estimate.value, estimate.interval.low, estimate.interval.high].map {
      NumberFormat.fixed($0, decimals: 4)
    }
    return
      "held out: \(figures[0]) bits per byte, 95 % interval \(figures[1]) to \(figures[2]), on "
      + "\(NumberFormat.grouped(model.heldOut.count)) bytes that it did not see"
  }

  /// The same for programs.
  var json: JSONValue {
    .object([
      ("schema", .integer(1)), ("method", .string(metadata.method)),
      ("version", .optional(metadata.methodVersion)), ("file", .string(name)),
      ("file_bytes", .integer(fileBytes)), ("learned_bytes", .integer(metadata.learnedBytes)),
      ("seconds", .number(model.seconds)), ("precision", .string(metadata.precision)),
      (
        "held_out",
        heldOut.map {
          .object([
            ("bytes", .integer(model.heldOut.count)), ("bits_per_byte", .number($0.value)),
            ("low", .number($0.interval.low)), ("high", .number($0.interval.high)),
          ])
        } ?? .null
      ),
      ("notes", .array(metadata.notes.map(JSONValue.string))),
    ])
  }
}

import BitsPerByte
import Reports

/// What the accounts of `bpb train` have in common, whatever learned.
enum AccountText {
  /// Sentences for people, in lines that fit the terminal.
  static func lines(_ sentences: [String]) -> String {
    sentences.flatMap { TextWrap.lines($0, width: Terminal.width) }.map { $0 + "\n" }.joined()
  }

  /// The model file's size, and what that is for each byte learned from, if any were.
  static func size(of file: String, bytes: Int, learnedBytes: Int) -> String {
    let text = "\(file): \(NumberFormat.grouped(bytes)) bytes"
    guard learnedBytes > 0 else { return text }
    let rate = NumberFormat.fixed(8 * Double(bytes) / Double(learnedBytes), decimals: 3)
    return text + ", \(rate) bits for each byte learned from"
  }

  /// What the model pays for `byteCount` bytes that were held out.
  static func held(_ estimate: Estimate, byteCount: Int) -> String {
    let figures = [estimate.value, estimate.interval.low, estimate.interval.high].map {
      NumberFormat.fixed($0, decimals: 4)
    }
    return
      "held out: \(figures[0]) bits per byte, 95 % interval \(figures[1]) to \(figures[2]), on "
      + "\(NumberFormat.grouped(byteCount)) bytes that it did not see"
  }

  /// The same for programs; null for nothing held out.
  static func json(_ estimate: Estimate?, byteCount: Int) -> JSONValue {
    guard let estimate else { return .null }
    return .object([
      ("bytes", .integer(byteCount)), ("bits_per_byte", .number(estimate.value)),
      ("low", .number(estimate.interval.low)), ("high", .number(estimate.interval.high)),
    ])
  }

  /// What to do with the model now.
  static func next(_ file: String) -> String {
    "Next: bpb eval \(file) PATH, which says what it pays for other files. As model:\(file) it is a method of "
      + "every other command."
  }
}

public import BPBCore

/// What a model must do wherever it came from, once it was opened.
public enum FrozenUse {
  private static let text = Array("and then a banana\u{0}\u{FF}".utf8)

  /// What is wrong with how `model` codes, scores and guesses a short text; nil if nothing is.
  public static func failure(of model: any FrozenModel) -> String? {
    let residual = model.encode(text.span)
    let bits = model.score(text.span, blockSize: .max).reduce(0, +)
    guard bits.isFinite, abs(bits - 8 * Double(residual.count)) < 64 else {
      return "codes \(bits) bits in \(residual.count) bytes"
    }
    guard model.continuation(of: text.span, count: 20).count == 20,
      model.likeliestBytes(in: text.span).count == text.count
    else { return "does not guess" }
    do throws(BPBError) {
      let decoded = try model.decode(residual.span, byteCount: text.count)
      return decoded == text ? nil : "does not decode what it encodes"
    } catch {
      return "does not decode what it encodes: \(error)"
    }
  }
}

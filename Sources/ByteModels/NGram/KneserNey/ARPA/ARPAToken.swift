/// How bytes are spelled as words of an ARPA file: visible ASCII as itself, every other byte as `<0x20>`, with
/// two digits of which letters are capital. No word contains white space, and no other program gives these a meaning.
enum ARPAToken {
  private static let digits = Array("0123456789ABCDEF".utf8)
  private static let prefix = Array("<0x".utf8)

  /// What a word of an ARPA file means to a model of bytes.
  enum Meaning: Equatable {
    case byte(UInt8)
    /// What stands for all words that are not listed.
    case unknown
    /// The beginning or the end of a sentence, which a stream of bytes does not have.
    case mark
  }

  static func spelling(of byte: UInt8) -> [UInt8] {
    if (0x21...0x7E).contains(byte) { return [byte] }
    return prefix + [digits[Int(byte >> 4)], digits[Int(byte & 15)], UInt8(ascii: ">")]
  }

  /// The meaning of `word`; nil if it is no word of ours.
  static func meaning(of word: ArraySlice<UInt8>) -> Meaning? {
    if word.count == 1, let byte = word.first { return .byte(byte) }
    let text = String(decoding: word, as: UTF8.self)
    if text == "<unk>" { return .unknown }
    if text == "<s>" || text == "</s>" { return .mark }
    guard word.count == 6, word.starts(with: prefix), word.last == UInt8(ascii: ">"),
      let high = digits.firstIndex(of: word[word.startIndex + 3]),
      let low = digits.firstIndex(of: word[word.startIndex + 4])
    else { return nil }
    return .byte(UInt8(high << 4 | low))
  }
}

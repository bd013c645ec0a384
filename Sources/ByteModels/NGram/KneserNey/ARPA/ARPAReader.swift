import BPBCore

/// Reads an ARPA file strictly: whatever is not as it should be is named with its line.
struct ARPAReader {
  private var lines: ARPALines
  /// The n-grams of each length, in rising order.
  private(set) var levels: [[ARPAGram]] = []
  /// The probability of `<unk>`.
  private(set) var unknown: Double?
  /// Lengths of n-grams that there are.
  private var lengths = 0

  /// - Throws: `badData` for anything but an ARPA file over byte tokens.
  init(_ text: [UInt8]) throws(BPBError) {
    lines = ARPALines(text)
    let counts = try header()
    lengths = counts.count
    for (index, count) in counts.enumerated() {
      levels.append(try section(length: index + 1, count: count))
    }
    guard lines.next() == nil else { throw lines.error("comes after \\end\\") }
  }

  /// The numbers of n-grams that the file says it has.
  private mutating func header() throws(BPBError) -> [Int] {
    guard try lines.words("\\data\\") == [Self.bytes("\\data\\")] else {
      throw lines.error("is not \\data\\, with which such a file begins")
    }
    var counts: [Int] = []
    while true {
      let words = try lines.words("\\1-grams:")
      if words == [Self.bytes("\\1-grams:")], !counts.isEmpty { return counts }
      let parts = words.count == 2 ? words[1].split(separator: UInt8(ascii: "=")) : []
      guard words.first == Self.bytes("ngram"), parts.count == 2,
        Self.number(parts[0]) == counts.count + 1, let count = Self.number(parts[1])
      else { throw lines.error("does not say how many n-grams of length \(counts.count + 1) come") }
      guard counts.count < KneserNeyLayout.largestOrder else {
        throw lines.error("has n-grams of more than \(KneserNeyLayout.largestOrder) bytes")
      }
      guard count <= lines.byteCount / 4 else {
        throw lines.error("says \(count) n-grams, more than the file has room for")
      }
      counts.append(count)
    }
  }

  /// The n-grams of one length, whose heading has been read, and the heading after them.
  private mutating func section(length: Int, count: Int) throws(BPBError) -> [ARPAGram] {
    var grams: [ARPAGram] = []
    for number in 0..<count {
      let words = try lines.words("n-gram \(number + 1) of \(count) of length \(length)")
      if let gram = try gram(words, length: length) { grams.append(gram) }
    }
    let heading = length < lengths ? "\\\(length + 1)-grams:" : "\\end\\"
    let words = try lines.words(heading)
    guard words == [Self.bytes(heading)] else {
      throw lines.error("is not \(heading), which comes after \(count) n-grams of length \(length)")
    }
    grams.sort { $0.key == $1.key ? $0.line < $1.line : $0.key < $1.key }
    for i in grams.indices.dropFirst() where grams[i].key == grams[i - 1].key {
      throw ARPALines.error("repeats the n-gram of line \(grams[i - 1].line)", line: grams[i].line)
    }
    return grams
  }
}

extension ARPAReader {
  /// The n-gram of a line; nil for one that a model of bytes has no use for, with a mark of a sentence in it.
  private mutating func gram(
    _ words: [ArraySlice<UInt8>], length: Int
  ) throws(BPBError) -> ARPAGram? {
    guard words.count == length + 1 || words.count == length + 2 else {
      throw lines.error("is not a logarithm, \(length) words and maybe a backoff")
    }
    let logarithm = try decimal(words[0])
    guard logarithm <= 0 else { throw lines.error("has a probability above one") }
    var gram = ARPAGram(
      key: 0, probability: DecimalLogarithm.power(logarithm), backoff: nil, line: lines.number)
    if words.count == length + 2 {
      guard length < lengths else { throw lines.error("has a backoff at the highest order") }
      let backoff = try decimal(words[length + 1])
      guard backoff <= 10 else { throw lines.error("has a backoff above 10^10") }
      gram.backoff = DecimalLogarithm.power(backoff)
    }
    for word in words[1...length] {
      switch ARPAToken.meaning(of: word) {
      case .byte(let byte): gram.key = gram.key << 8 | UInt64(byte)
      case .mark: return nil
      case .unknown:
        guard length == 1 else { throw lines.error("has <unk> in a longer n-gram") }
        unknown = gram.probability
        return nil
      case nil:
        throw lines.error("has the word \(SafeText.escape(bytes: word)), which is no byte")
      }
    }
    return gram
  }

  private func decimal(_ word: ArraySlice<UInt8>) throws(BPBError) -> Double {
    let isPlain = word.allSatisfy { Array("+-.eE0123456789".utf8).contains($0) }
    guard isPlain, let number = Double(String(decoding: word, as: UTF8.self)), number.isFinite
    else { throw lines.error("has \(SafeText.escape(bytes: word)), which is no number") }
    return number
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    let areDigits = digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return areDigits ? Int(String(decoding: digits, as: UTF8.self)) : nil
  }

  private static func bytes(_ text: String) -> ArraySlice<UInt8> { Array(text.utf8)[...] }
}
